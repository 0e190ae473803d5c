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

    /// <summary>Tortures each mutant until it is caught, or the seeds are spent.</summary>
    public static MutantFinding[] Run(RegisterTortureOptions options, ulong from, int seedsMax)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. All.Select(mutant => Seek(options with { Mutant = mutant.Mutant }, mutant.Words, from, seedsMax))];
    }

    private static MutantFinding Seek(RegisterTortureOptions options, string words, ulong from, int seedsMax)
    {
        var torture = new RegisterTorture(options);
        for (int i = 0; i < seedsMax; i++)
        {
            RegisterTortureResult result = torture.Run(from + (ulong)i);
            if (!result.Holds)
            {
                return new MutantFinding(options.Mutant.ToString(), words, i + 1, result.Violations);
            }
        }

        return new MutantFinding(options.Mutant.ToString(), words, seedsMax, []);
    }
}
