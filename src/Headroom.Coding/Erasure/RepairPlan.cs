using System.Runtime.InteropServices;

namespace Headroom.Coding.Erasure;

/// <summary>
/// A repair: which helpers read and send what, as data, and how the lost shards come of it. It is run as a whole (<see cref="Run"/>), or in two halves over
/// a network: each helper makes its message of what it read (<see cref="Message"/>), the rebuilder makes the lost shards of the messages (<see cref="Rebuild"/>).
/// A plan is immutable and may be run by many threads, for shards of any length.
/// </summary>
public sealed class RepairPlan : RepairOutcome
{
    private readonly RepairWork _work;
    private readonly int[] _taking;

    internal RepairPlan(ErasureCode code, IReadOnlyList<int> lost, IReadOnlyList<HelpingShard> helpers, RepairWork work)
        : base(code, lost)
    {
        (Helpers, _work) = (helpers, work);
        Reads = [.. helpers.Select(helper => helper.Shard)];
        _taking = [.. Reads, .. lost];
    }

    /// <summary>Who helps, in the order in which <see cref="Rebuild"/> expects the messages.</summary>
    public IReadOnlyList<HelpingShard> Helpers { get; }

    /// <summary>The shards of the helpers.</summary>
    public IReadOnlyList<int> Reads { get; }

    /// <summary>Bytes read from disks per byte rebuilt; 0 when nothing was lost.</summary>
    public double ReadsPerLostByte => PerLost(Helpers.Sum(helper => helper.Reads.Count));

    /// <summary>Bytes sent over the network per byte rebuilt; 0 when nothing was lost.</summary>
    public double SentPerLostByte => PerLost(Helpers.Sum(helper => helper.Sends));

    /// <summary>Rebuilds the lost shards in place. Of the others only the sub-chunks that the helpers read are looked at; shards that take no part may be empty.</summary>
    /// <exception cref="ArgumentException">Not n shards, or those that take part are of unequal length or do not divide into sub-chunks.</exception>
    public void Run(IReadOnlyList<Memory<byte>> shards)
    {
        Code.CheckShards(shards, _taking);
        if (Lost.Count == 0)
        {
            return;
        }

        if (Code.Subshards == 1 && _work is LinearRepairWork { AllForward: true } whole)
        {
            whole.Rebuild(_taking, ListSpan.Of(shards), shards[Lost[0]].Length);
            return;
        }

        RunInHalves(shards, shards[Lost[0]].Length / Code.Subshards);
    }

    private void RunInHalves(IReadOnlyList<Memory<byte>> shards, int part)
    {
        var received = new HeldSubshards[Helpers.Count];
        for (int i = 0; i < received.Length; i++)
        {
            HelpingShard helper = Helpers[i];
            if (helper.Forwards)
            {
                received[i] = new HeldSubshards(shards[helper.Shard], helper.Reads, helper.Reads.Count);
                continue;
            }

            received[i] = new HeldSubshards(new byte[helper.Sends * part], null, helper.Sends);
            _work.Message(i, [.. helper.Reads.Select(index => shards[helper.Shard].Slice(index * part, part))], Parts(received[i].Bytes, helper.Sends));
        }

        _work.Rebuild(received, [.. Lost.Select(shard => shards[shard])], part);
    }

    /// <summary>One helper's half: its message, from the bytes that it read, which are its sub-chunks <see cref="HelpingShard.Reads"/> one after another.</summary>
    /// <param name="helper">Its number in <see cref="Helpers"/>.</param>
    /// <param name="read"><see cref="HelpingShard.ReadBytes"/> bytes.</param>
    /// <param name="message"><see cref="HelpingShard.MessageBytes"/> bytes; not the same memory as what was read.</param>
    /// <exception cref="ArgumentException">Lengths that are not those of one shard.</exception>
    public void Message(int helper, ReadOnlyMemory<byte> read, Memory<byte> message)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(helper);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(helper, Helpers.Count);
        HelpingShard asked = Helpers[helper];
        int part = read.Length / asked.Reads.Count;
        if (part * asked.Reads.Count != read.Length || part * asked.Sends != message.Length)
        {
            throw new ArgumentException($"shard {asked.Shard} reads {asked.Reads.Count} parts and sends {asked.Sends} of the same length, not {read.Length} and {message.Length} bytes");
        }

        if (asked.Forwards)
        {
            read.CopyTo(message);
        }
        else
        {
            _work.Message(helper, Parts(MemoryMarshal.AsMemory(read), asked.Reads.Count), Parts(message, asked.Sends));
        }
    }

    /// <summary>The rebuilder's half: the lost shards, from one message per helper.</summary>
    /// <param name="messages">In the order of <see cref="Helpers"/>.</param>
    /// <param name="lost">One memory per lost shard, in the order of <see cref="RepairOutcome.Lost"/>.</param>
    /// <exception cref="ArgumentException">A missing message, or a length that is not that of the shards.</exception>
    public void Rebuild(IReadOnlyList<ReadOnlyMemory<byte>> messages, IReadOnlyList<Memory<byte>> lost)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(lost);
        if (messages.Count != Helpers.Count || lost.Count != Lost.Count)
        {
            throw new ArgumentException($"{Helpers.Count} messages make {Lost.Count} shards, not {messages.Count} and {lost.Count}");
        }

        if (Lost.Count == 0)
        {
            return;
        }

        int shardBytes = lost[0].Length;
        for (int i = 0; i < lost.Count; i++)
        {
            if (lost[i].Length != shardBytes || shardBytes % Code.Subshards != 0)
            {
                throw new ArgumentException($"shard {Lost[i]} has {lost[i].Length} bytes, shard {Lost[0]} has {shardBytes}, in {Code.Subshards} equal parts");
            }
        }

        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Length != Helpers[i].MessageBytes(shardBytes))
            {
                throw new ArgumentException($"the message of shard {Helpers[i].Shard} has {Helpers[i].MessageBytes(shardBytes)} bytes, not {messages[i].Length}", nameof(messages));
            }
        }

        _work.Rebuild(
            [.. messages.Select((message, i) => new HeldSubshards(MemoryMarshal.AsMemory(message), null, Helpers[i].Sends))],
            ListSpan.Of(lost), shardBytes / Code.Subshards);
    }

    /// <summary>Who is read for what.</summary>
    public override string ToString() => Lost.Count == 0 ? $"{Code}: nothing to rebuild" : $"{Code}: read {string.Join(", ", Helpers)} for {string.Join(", ", Lost)}";

    private static Memory<byte>[] Parts(Memory<byte> whole, int count)
    {
        int part = whole.Length / count;
        return [.. Enumerable.Range(0, count).Select(i => whole.Slice(i * part, part))];
    }

    private double PerLost(int parts) => Lost.Count == 0 ? 0 : (double)parts / (Lost.Count * Code.Subshards);
}
