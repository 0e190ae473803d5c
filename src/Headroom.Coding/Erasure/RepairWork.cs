namespace Headroom.Coding.Erasure;

/// <summary>How a repair computes, in its two halves. All memories are sub-chunks of one length; those written never overlap those read.</summary>
internal abstract class RepairWork
{
    /// <summary>The message of the helper of that number in the plan, from the sub-chunks it read. Asked only of helpers that do not forward.</summary>
    public abstract void Message(int helper, IReadOnlyList<Memory<byte>> reads, IReadOnlyList<Memory<byte>> message);

    /// <summary>The lost sub-chunks, shard by shard, from the messages of all helpers in their order.</summary>
    public abstract void Rebuild(IReadOnlyList<Memory<byte>> received, IReadOnlyList<Memory<byte>> rebuilt);
}
