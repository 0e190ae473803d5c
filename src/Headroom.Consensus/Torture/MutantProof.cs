using Headroom.Consensus.Raft;

namespace Headroom.Consensus.Torture;

/// <summary>
/// That the torture finds what is wrong: each mutant, a fault put into the protocol on purpose, is tortured seed after seed until a check fails. The mutants are reached from
/// here and from tests only.
/// </summary>
public static class MutantProof
{
    /// <summary>Each mutant in words.</summary>
    internal static IReadOnlyList<(RaftMutant Mutant, string Words)> All { get; } =
    [
        (RaftMutant.VoteTwice, "votes although it voted for another in the term"),
        (RaftMutant.VoteForAnyLog, "votes whatever the candidate's log holds"),
        (RaftMutant.SkipTerm, "keeps its vote when the term changes"),
        (RaftMutant.ForgetVote, "does not write its vote down"),
        (RaftMutant.CommitEarlierTerm, "commits an earlier term's entry by counting"),
        (RaftMutant.AnswerBeforeDurable, "answers before entries and votes are durable"),
        (RaftMutant.AppendWithoutCheck, "appends without looking at the entry before"),
        (RaftMutant.TruncateMatching, "cuts off entries that match, and all behind them"),
        (RaftMutant.ApplyBeforeCommit, "applies before commit"),
        (RaftMutant.ApplyTwice, "applies a repeated command again"),
        (RaftMutant.StaleLease, "serves reads from a lease that has run out"),
        (RaftMutant.ReadWithoutRound, "serves reads without a round of heartbeats"),
        (RaftMutant.CountLearners, "counts learners towards a commit"),
        (RaftMutant.HalfJointQuorum, "commits in a joint configuration by one majority"),
        (RaftMutant.ChangeTooEarly, "takes a change of members before the last is applied"),
        (RaftMutant.MixSnapshots, "puts chunks of different snapshots together"),
        (RaftMutant.ForgetTail, "begins its log anew without the entries behind the state"),
        (RaftMutant.LeapingClocks, "sound, but clocks leap back under leases"),
    ];

    /// <summary>Each as options have it.</summary>
    public static IReadOnlyList<KnownMutant<TortureOptions>> Known { get; } =
        [.. All.Select(mutant => new KnownMutant<TortureOptions>(mutant.Mutant.ToString(), mutant.Words, options => options with { Mutant = mutant.Mutant }))];

    /// <summary>Tortures each mutant until it is caught, or the seeds are spent.</summary>
    public static MutantFinding[] Run(TortureOptions options, ulong from, int seedsMax, int? threads = null, Action<MutantFinding>? report = null, CancellationToken cancellation = default) =>
        MutantSearch.Run(Known, options, it => new RaftTorture(it), from, seedsMax, threads, report, cancellation);
}
