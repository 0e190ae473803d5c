using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Quorum.Torture;

/// <summary>That the torture finds what is wrong: each mutant, a fault put into the protocol on purpose, is tortured seed after seed until a check fails.</summary>
public static class RegisterMutantProof
{
    /// <summary>Each mutant in words.</summary>
    internal static IReadOnlyList<(RegisterMutant Mutant, string Words)> All { get; } =
    [
        (RegisterMutant.NoWriteBack, "reads do not write back"),
        (RegisterMutant.SmallQuorums, "quorums may miss each other"),
        (RegisterMutant.AnswerBeforeDurable, "servers answer before they have written"),
        (RegisterMutant.StoreWithoutCompare, "servers take older values for newer"),
        (RegisterMutant.WriteWithoutQuery, "writers do not ask for tags"),
    ];

    /// <summary>Each as options have it.</summary>
    public static IReadOnlyList<KnownMutant<RegisterTortureOptions>> Known { get; } =
        [.. All.Select(mutant => new KnownMutant<RegisterTortureOptions>(mutant.Mutant.ToString(), mutant.Words, options => options with { Mutant = mutant.Mutant }))];

    /// <summary>Tortures each mutant until it is caught, or the seeds are spent.</summary>
    public static MutantFinding[] Run(RegisterTortureOptions options, ulong from, int seedsMax, int? threads = null, Action<MutantFinding>? report = null, CancellationToken cancellation = default) =>
        MutantSearch.Run(Known, options, it => new RegisterTorture(it), from, seedsMax, threads, report, cancellation);
}
