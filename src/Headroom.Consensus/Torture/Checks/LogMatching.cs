using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Log;

namespace Headroom.Consensus.Torture.Checks;

/// <summary>
/// Entries of the same index and term are the same entry, and what comes before them is [ongaro2014, figure 3.2]. Held by induction: every entry that joins any log has the
/// same bytes and the same term before it as the first with its index and term.
/// </summary>
public sealed class LogMatching : TortureCheck
{
    private readonly Dictionary<(long Index, long Term), (long TermBefore, ulong Digest)> _entries = [];

    public override string Name => "log matching";

    public override string Statement => "two logs that hold an entry of the same index and term are the same up to it";

    public override void Appended(int member, RaftCore core, ReadOnlySpan<RaftEntry> entries, long nowNs)
    {
        if (entries.IsEmpty)
        {
            return;
        }

        core.TryTerm(entries[0].Index - 1, out long before);
        foreach (ref readonly RaftEntry entry in entries)
        {
            (long, ulong) told = (before, CommitLedger.DigestOf(entry));
            if (!_entries.TryAdd((entry.Index, entry.Term), told) && _entries[(entry.Index, entry.Term)] != told)
            {
                Report(nowNs, $"member {member} has an entry at index {entry.Index} of term {entry.Term} that differs, or what comes before it does");
            }

            before = entry.Term;
        }
    }
}
