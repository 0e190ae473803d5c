using Headroom.Consensus.Raft.Messages;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.Elections;

/// <summary>
/// Counts an election's messages until all who live have heard from the same leader: votes asked for and given, and what the new leader sends. Server 0 is the crashed one: nothing that it sent counts.
/// </summary>
internal struct ElectionWatch(int servers, LinkLoadObserver? load) : IObserver
{
    private readonly bool[] _heard = new bool[servers];
    private readonly LinkLoadObserver? _load = load;
    private int _leader = 0;
    private int _heardCount = 0;

    public long Messages { get; private set; } = 0;

    public long WireBytes { get; private set; } = 0;

    /// <summary>When the first vote was asked for.</summary>
    public long AskedNs { get; private set; } = -1;

    public long? KnownNs { get; private set; } = null;

    public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => head[0];

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
        if (from == 0 || KnownNs is not null || !(IsVote(tag) || IsLeaders(tag)))
        {
            return;
        }

        AskedNs = AskedNs < 0 ? nowNs : AskedNs;
        Messages++;
        WireBytes += wireBytes;
        _load?.Sent(from, to, body, tag, wireBytes, drop, nowNs);
    }

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
        if (from == 0 || to == 0 || KnownNs is not null || !IsLeaders(tag))
        {
            return;
        }

        if (_leader != from)
        {
            Array.Clear(_heard);
            (_leader, _heardCount) = (from, 0);
        }

        _heardCount += _heard[to] ? 0 : 1;
        _heard[to] = true;
        if (_heardCount == _heard.Length - 2)
        {
            KnownNs = nowNs;
        }
    }

    public readonly void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
    {
    }

    public readonly void Delivered(int member, int body, long nowNs)
    {
    }

    public readonly void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
    }

    public readonly void Struck(in Fault fault)
    {
    }

    private static bool IsVote(int tag) => (MessageKind)tag is MessageKind.Vote or MessageKind.VoteAnswer;

    private static bool IsLeaders(int tag) => (MessageKind)tag is MessageKind.Append or MessageKind.Heartbeat;
}
