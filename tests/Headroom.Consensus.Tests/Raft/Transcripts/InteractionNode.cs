using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Log;

namespace Headroom.Consensus.Tests.Raft.Transcripts;

/// <summary>One member in a transcript: its core, its disk, the states of its application, and work that its disk and application have not done yet.</summary>
internal sealed class InteractionNode(int id, RaftCore core, RaftSnapshot founding)
{
    public int Id => id;

    public RaftCore Core => core;

    public long DiskFirstIndex { get; set; } = founding.Index + 1;

    public List<RaftEntry> Disk { get; } = [];

    /// <summary>A snapshot after each applied entry.</summary>
    public List<RaftSnapshot> History { get; } = [founding];

    public Queue<Envelope> AppendWork { get; } = new();

    public Queue<Envelope> ApplyWork { get; } = new();

    public void Write(IReadOnlyList<RaftEntry> entries, RaftSnapshot? snapshot)
    {
        if (snapshot is not null)
        {
            Disk.Clear();
            DiskFirstIndex = snapshot.Index + 1;
            return;
        }

        if (entries.Count > 0)
        {
            Disk.RemoveRange((int)(entries[0].Index - DiskFirstIndex), Disk.Count - (int)(entries[0].Index - DiskFirstIndex));
            Disk.AddRange(entries);
        }
    }

    public void Apply(IReadOnlyList<RaftEntry> entries)
    {
        foreach (RaftEntry entry in entries)
        {
            Consensus.Raft.Membership.Configuration configuration = History[^1].Configuration;
            if (entry.Kind == EntryKind.Membership)
            {
                configuration = core.ApplyChange(Consensus.Raft.Membership.MembershipProposal.Decode(entry.Data.Span)!)!;
            }

            History.Add(new RaftSnapshot(entry.Index, entry.Term, configuration, default));
        }
    }

    /// <summary>A snapshot of a leader counts as applied when it is written.</summary>
    public RaftSnapshot LatestSnapshot() => History[^1];
}
