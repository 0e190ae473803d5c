using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Repairs;

/// <summary>
/// What is to be rebuilt, which the members of a run share: who rebuilds which blocks, who helps, what a helper sends, and how long disks and processors take.
/// Either with the bytes themselves (<see cref="ShardLoad"/>) or with their lengths alone (<see cref="NodeLoad"/>).
/// </summary>
public abstract class RepairLoad
{
    /// <summary>Blocks that a node rebuilds at a time: what is asked for and not yet rebuilt.</summary>
    public required int Window { get; init; }

    /// <summary>Most bytes of a helper's message that travel together.</summary>
    public required int PartBytes { get; init; }

    /// <summary>Helpers of every block.</summary>
    public abstract int Helpers { get; }

    /// <summary>Whether lengths stand for bytes.</summary>
    public abstract bool IsBlank { get; }

    /// <summary>How long a processor takes to rebuild a block of the messages.</summary>
    public abstract long RebuildNs { get; }

    /// <summary>The i-th block that a member rebuilds; -1 behind the last.</summary>
    public abstract int Block(int newcomer, int i);

    /// <summary>Who helps to rebuild a block, in the plan's order; drawn where anybody may.</summary>
    public abstract void Choose(int newcomer, Span<int> helpers, ref RandomStream random);

    /// <summary>The next member on the way to another; -1 where this one passes nothing on, or there is no such way.</summary>
    public virtual int NextHop(int at, int from, int to) => at == from ? to : -1;

    /// <summary>How long the helper's disk takes.</summary>
    public abstract long ReadNs(int helper);

    /// <summary>How long the helper's processor takes to make the message of what was read.</summary>
    public abstract long MessageNs(int helper);

    /// <summary>What the helper sends for a block.</summary>
    public abstract int MessageBytes(int helper);

    /// <summary>The message; empty where lengths stand for bytes.</summary>
    public abstract ReadOnlyMemory<byte> Message(int block, int helper);

    /// <summary>The handle of a body of that length, where lengths stand for bytes; 0 otherwise.</summary>
    public abstract int Body(int bytes);

    /// <summary>All messages are there, in the plan's order; empty where lengths stand for bytes.</summary>
    public abstract void Rebuild(int newcomer, int block, IReadOnlyList<ReadOnlyMemory<byte>> messages);

    /// <summary>The messages' parts: at least one, the last one shorter.</summary>
    public int Parts(int helper) => Math.Max(1, (MessageBytes(helper) + PartBytes - 1) / PartBytes);

    /// <summary>The bytes of one of them.</summary>
    public int BytesOfPart(int helper, int part) => Math.Min(PartBytes, MessageBytes(helper) - (part * PartBytes));
}
