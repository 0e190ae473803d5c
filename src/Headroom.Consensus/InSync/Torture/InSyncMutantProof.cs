using Headroom.Consensus.Torture;

namespace Headroom.Consensus.InSync.Torture;

/// <summary>That the torture finds what is wrong: each mutant, a fault put into the protocol on purpose, is tortured seed after seed until a check fails.</summary>
public static class InSyncMutantProof
{
    /// <summary>Each mutant in words.</summary>
    internal static IReadOnlyList<(InSyncMutant Mutant, FlushPolicy Flush, string Words)> All { get; } =
    [
        (InSyncMutant.SkipEpochTruncation, FlushPolicy.Each, "does not truncate by epoch"),
        (InSyncMutant.TruncateToWatermark, FlushPolicy.Each, "truncates to its watermark instead"),
        (InSyncMutant.AdvanceWatermarkEarly, FlushPolicy.Each, "advances the watermark when it has sent, not when it was fetched"),
        (InSyncMutant.AcknowledgeBelowMinInSync, FlushPolicy.Each, "acknowledges although too few are in sync"),
        (InSyncMutant.ElectOutsideInSync, FlushPolicy.Each, "elects outside those in sync"),
        (InSyncMutant.ForgetSequences, FlushPolicy.Each, "a new leader forgets producers' sequences"),
        (InSyncMutant.KeepRestarted, FlushPolicy.Never, "a replica that lost its memory stays in sync"),
    ];

    /// <summary>Each as options have it.</summary>
    public static IReadOnlyList<KnownMutant<InSyncTortureOptions>> Known { get; } =
        [.. All.Select(mutant => new KnownMutant<InSyncTortureOptions>(mutant.Mutant.ToString(), mutant.Words, options => options with { Mutant = mutant.Mutant, Flush = mutant.Flush }))];

    /// <summary>Tortures each mutant until it is caught, or the seeds are spent.</summary>
    public static MutantFinding[] Run(InSyncTortureOptions options, ulong from, int seedsMax, int? threads = null, Action<MutantFinding>? report = null, CancellationToken cancellation = default) =>
        MutantSearch.Run(Known, options, it => new InSyncTorture(it), from, seedsMax, threads, report, cancellation);
}
