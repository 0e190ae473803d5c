using Headroom.Consensus.Raft;

namespace Headroom.Consensus.Torture.Checks;

/// <summary>Whoever is elected has every entry that was committed before [ongaro2014, figure 3.2].</summary>
public sealed class LeaderCompleteness(CommitLedger ledger) : TortureCheck
{
    private const int Looked = 64;

    public override string Name => "leader completeness";

    public override string Statement => "a newly elected leader's log holds all entries that any member held for committed";

    public override void Elected(int member, RaftCore core, long nowNs)
    {
        // By log matching the last would be enough.
        for (long index = Math.Max(core.FirstIndex, ledger.Last - Looked + 1); index <= ledger.Last; index++)
        {
            // Votes may reach a candidate late: a leader of an earlier term than that in which the entry was committed is out of date already.
            if (ledger[index].CommitTerm < core.Term && (!core.TryTerm(index, out long term) || term != ledger[index].Term))
            {
                Report(nowNs, $"member {member}, elected in term {core.Term}, lacks the entry of term {ledger[index].Term} that was committed at index {index}");
                return;
            }
        }
    }
}
