using Headroom.Consensus.Torture.Checks;

namespace Headroom.Consensus.Torture;

/// <summary>Every check of a replicated log, one line each.</summary>
public static class TortureChecks
{
    /// <summary>Fresh ones for a run. What is linearizable is judged by the given checker's memory, which the runs of one thread share.</summary>
    public static IReadOnlyList<TortureCheck> Fresh(HistoryJudge judge)
    {
        var ledger = new CommitLedger();
        return
        [
            new ElectionSafety(),
            new LogMatching(),
            new CommittedNeverLost(ledger),
            new LeaderCompleteness(ledger),
            new StateMachineSafety(ledger),
            new DurabilityKept(),
            new LinearizableHistory(judge),
            new ProgressOnceHealed(),
        ];
    }
}
