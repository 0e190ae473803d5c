using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Paxos.Torture;

/// <summary>That the torture finds what is wrong: each mutant, a fault put into the protocol on purpose, is tortured seed after seed until a check fails.</summary>
public static class PaxosMutantProof
{
    /// <summary>Each mutant in words.</summary>
    internal static IReadOnlyList<(PaxosMutant Mutant, string Words)> All { get; } =
    [
        (PaxosMutant.AcceptBelowPromise, "accepts below what it promised"),
        (PaxosMutant.ForgetPromise, "does not write promises down"),
        (PaxosMutant.PreferOwnValue, "a new leader proposes what it accepted itself, whatever others accepted under larger ballots"),
        (PaxosMutant.SmallQuorums, "quorums may miss each other"),
        (PaxosMutant.ApplyBeforeChosen, "a leader applies what it proposes"),
        (PaxosMutant.SkipAcceptRecord, "does not write down what it accepts"),
        (PaxosMutant.AnswerBeforeDurable, "answers before promises and values are durable"),
        (PaxosMutant.LearnAnyBallot, "takes what it holds below the commit index for chosen, whatever its ballot"),
        (PaxosMutant.StaleLease, "reads under a lease that has run out"),
        (PaxosMutant.ReadWithoutRound, "reads without a round of heartbeats"),
        (PaxosMutant.ApplyTwice, "applies a repeated command again"),
    ];

    /// <summary>Each as options have it.</summary>
    public static IReadOnlyList<KnownMutant<PaxosTortureOptions>> Known { get; } =
        [.. All.Select(mutant => new KnownMutant<PaxosTortureOptions>(mutant.Mutant.ToString(), mutant.Words, options => options with { Mutant = mutant.Mutant }))];

    /// <summary>Tortures each mutant until it is caught, or the seeds are spent.</summary>
    public static MutantFinding[] Run(PaxosTortureOptions options, ulong from, int seedsMax, int? threads = null, Action<MutantFinding>? report = null, CancellationToken cancellation = default) =>
        MutantSearch.Run(Known, options, it => new PaxosTorture(it), from, seedsMax, threads, report, cancellation);
}
