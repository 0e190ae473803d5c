using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Raft.Log;

namespace Headroom.Consensus.Torture;

/// <summary>Shows everything to every check, and counts.</summary>
internal sealed class WitnessPanel(IReadOnlyList<TortureCheck> checks) : RaftWitness
{
    private readonly TortureCheck[] _checks = [.. checks];

    public IReadOnlyList<TortureCheck> Checks => _checks;

    public int Elections { get; private set; }

    public int Restarts { get; private set; }

    public int Snapshots { get; private set; }

    public int SnapshotsSent { get; private set; }

    public int ChunksSent { get; private set; }

    public int ChunksSentAgain { get; private set; }

    public int Changes { get; private set; }

    public long CommittedMax { get; private set; }

    public override void Elected(int member, RaftCore core, long nowNs)
    {
        Elections++;
        foreach (TortureCheck check in _checks)
        {
            check.Elected(member, core, nowNs);
        }
    }

    public override void Appended(int member, RaftCore core, ReadOnlySpan<RaftEntry> entries, long nowNs)
    {
        foreach (TortureCheck check in _checks)
        {
            check.Appended(member, core, entries, nowNs);
        }
    }

    public override void Committed(int member, RaftCore core, long first, long last, long nowNs)
    {
        CommittedMax = Math.Max(CommittedMax, last);
        foreach (TortureCheck check in _checks)
        {
            check.Committed(member, core, first, last, nowNs);
        }
    }

    public override void Applied(int member, in RaftEntry entry, long nowNs)
    {
        Changes += entry.Kind == EntryKind.Membership ? 1 : 0;
        foreach (TortureCheck check in _checks)
        {
            check.Applied(member, entry, nowNs);
        }
    }

    public override void Saved(int member, RaftSnapshot snapshot, bool isOwn, long nowNs)
    {
        Snapshots += isOwn ? 1 : 0;
        SnapshotsSent += isOwn ? 0 : 1;
        foreach (TortureCheck check in _checks)
        {
            check.Saved(member, snapshot, isOwn, nowNs);
        }
    }

    public override void ChunkSent(int member, int follower, int offset, bool isAgain, long nowNs)
    {
        ChunksSent++;
        ChunksSentAgain += isAgain ? 1 : 0;
    }

    public override void Started(int member, RaftCore core, long nowNs)
    {
        Restarts++;
        foreach (TortureCheck check in _checks)
        {
            check.Started(member, core, nowNs);
        }
    }

    public override void Refused(int member, string problem, long nowNs)
    {
        foreach (TortureCheck check in _checks)
        {
            check.Refused(member, problem, nowNs);
        }
    }
}
