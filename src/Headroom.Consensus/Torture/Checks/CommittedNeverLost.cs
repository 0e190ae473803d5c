using Headroom.Consensus.Raft;

namespace Headroom.Consensus.Torture.Checks;

/// <summary>What one member holds for committed at an index, no member ever holds to be something else; and in the end the healed core holds all of it.</summary>
public sealed class CommittedNeverLost(CommitLedger ledger) : TortureCheck
{
    public override string Name => "committed never lost";

    public override string Statement => "an entry that any member held for committed stands at its index for all members and for good";

    public override void Committed(int member, RaftCore core, long first, long last, long nowNs)
    {
        for (long index = Math.Max(first, core.FirstIndex); index <= last; index++)
        {
            if (!ledger.TryAdd(core.Entry(index), core.Term))
            {
                Report(nowNs, $"member {member} holds an entry of term {core.Entry(index).Term} for committed at index {index}; "
                    + (index <= ledger.Last ? $"one of term {ledger[index].Term} was" : "nobody had the one before"));
                return;
            }
        }
    }

    public override void Finish(TortureRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (RaftCore core in run.Core)
        {
            long last = Math.Min(ledger.Last, core.Committed);
            for (long index = core.FirstIndex; index <= last; index++)
            {
                if (CommitLedger.DigestOf(core.Entry(index)) != ledger[index].Digest)
                {
                    Report(run.EndNs, $"in the end member {core.Id} has another entry at index {index} than was committed");
                    return;
                }
            }
        }
    }
}
