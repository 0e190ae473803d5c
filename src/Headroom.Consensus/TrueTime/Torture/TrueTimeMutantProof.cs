using Headroom.Consensus.Torture;

namespace Headroom.Consensus.TrueTime.Torture;

/// <summary>That the torture finds what is wrong: each mutant, a fault put into the protocol on purpose, is tortured seed after seed until a check fails.</summary>
public static class TrueTimeMutantProof
{
    /// <summary>Each mutant in words.</summary>
    internal static IReadOnlyList<(CommitMutant Mutant, string Words)> All { get; } =
    [
        (CommitMutant.SkipCommitWait, "answers without waiting until the timestamp has passed"),
        (CommitMutant.ReleaseEarly, "waits for the clock's middle, not for its earliest end"),
        (CommitMutant.IgnorePrepareTimestamps, "commits below what participants promised"),
        (CommitMutant.ReadPastPrepared, "serves snapshots past prepared transactions"),
        (CommitMutant.ForgetReadPromise, "promises nothing to snapshots"),
        (CommitMutant.SkipValidation, "prepares whatever has become of what was read"),
        (CommitMutant.WoundNobody, "lets the older wait for the younger"),
        (CommitMutant.ForgetPrepared, "a new leader does not hold the keys of what is prepared"),
        (CommitMutant.ForgetTimestamps, "a new leader knows of no earlier timestamps"),
        (CommitMutant.ForgetDecision, "the coordinator's group forgets what it decided"),
        (CommitMutant.AnswerEarly, "answers before the commit record counts"),
        (CommitMutant.VoteEarly, "votes before the prepare record counts"),
        (CommitMutant.ReadUnpromised, "leaders serve snapshots for longer than the log allows them"),
        (CommitMutant.TakeOldAttempts, "takes attempts that read from an earlier leader"),
        (CommitMutant.LeadUnready, "leads before it has applied its predecessors' records"),
        (CommitMutant.ForgetOver, "what is over is taken for new when it comes again"),
        (CommitMutant.AttemptAnew, "a client attempts anew a commit that was not answered"),
    ];

    /// <summary>Each as options have it.</summary>
    public static IReadOnlyList<KnownMutant<TrueTimeTortureOptions>> Known { get; } =
    [
        .. All.Select(mutant => new KnownMutant<TrueTimeTortureOptions>(mutant.Mutant.ToString(), mutant.Words, options => options with { Mutant = mutant.Mutant })),
        new("DisksLie", "servers answer before their disks have written", options => options with { DisksLie = true }),
        new("LeapingClocks", "sound, but clocks leap beyond what they state", options => options with { ClocksLeap = true }),
    ];

    /// <summary>Tortures each mutant until it is caught, or the seeds are spent.</summary>
    public static MutantFinding[] Run(TrueTimeTortureOptions options, ulong from, int seedsMax, int? threads = null, Action<MutantFinding>? report = null, CancellationToken cancellation = default) =>
        MutantSearch.Run(Known, options, it => new TrueTimeTorture(it), from, seedsMax, threads, report, cancellation);
}
