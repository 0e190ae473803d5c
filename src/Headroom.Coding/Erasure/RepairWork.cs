namespace Headroom.Coding.Erasure;

/// <summary>How a repair computes, in its two halves. What is written never overlaps what is read.</summary>
internal abstract class RepairWork
{
    /// <summary>The message of the helper of that number in the plan, from the sub-chunks it read. Asked only of helpers that do not forward.</summary>
    public abstract void Message(int helper, IReadOnlyList<Memory<byte>> reads, IReadOnlyList<Memory<byte>> message);

    /// <summary>The lost shards from the messages of all helpers in their order; a sub-chunk has part bytes.</summary>
    public abstract void Rebuild(ReadOnlySpan<HeldSubshards> received, ReadOnlySpan<Memory<byte>> rebuilt, int part);
}
