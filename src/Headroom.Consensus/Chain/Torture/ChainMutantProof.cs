using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Chain.Torture;

/// <summary>That the torture finds what is wrong: each mutant, a fault put into the protocol on purpose, is tortured seed after seed until a check fails.</summary>
public static class ChainMutantProof
{
    /// <summary>Each mutant in words.</summary>
    internal static IReadOnlyList<(ChainMutant Mutant, bool IsDurable, string Words)> All { get; } =
    [
        (ChainMutant.AnswerAtHead, true, "the head answers what it has taken"),
        (ChainMutant.ReadUnstable, true, "reads see what the tail does not have yet"),
        (ChainMutant.NoFencing, true, "updates and acknowledgements of other epochs are taken"),
        (ChainMutant.TrustFailStop, true, "reads as if who is taken out had stopped"),
        (ChainMutant.JoinEarly, true, "a server joins before it has everything"),
        (ChainMutant.PassBeforeDurable, true, "passes updates on before they are durable"),
        (ChainMutant.KeepForgetful, false, "a server that lost its memory stays in the chain"),
        (ChainMutant.ApplyTwice, true, "applies a repeated command again"),
        (ChainMutant.ForgetTail, true, "begins its log anew without the updates behind the state"),
    ];

    /// <summary>Each as options have it.</summary>
    public static IReadOnlyList<KnownMutant<ChainTortureOptions>> Known { get; } =
        [.. All.Select(mutant => new KnownMutant<ChainTortureOptions>(mutant.Mutant.ToString(), mutant.Words, options => options with { Mutant = mutant.Mutant, IsDurable = mutant.IsDurable }))];

    /// <summary>Tortures each mutant until it is caught, or the seeds are spent.</summary>
    public static MutantFinding[] Run(ChainTortureOptions options, ulong from, int seedsMax, int? threads = null, Action<MutantFinding>? report = null, CancellationToken cancellation = default) =>
        MutantSearch.Run(Known, options, it => new ChainTorture(it), from, seedsMax, threads, report, cancellation);
}
