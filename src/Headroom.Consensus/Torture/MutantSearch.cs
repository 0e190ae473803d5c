namespace Headroom.Consensus.Torture;

/// <summary>Tortures one mutant, seed after seed, until a check fails.</summary>
internal static class MutantSearch
{
    public static MutantFinding Seek(string mutant, string words, Func<ulong, TortureOutcome> run, ulong from, int seedsMax, CancellationToken cancellation = default)
    {
        for (int i = 0; i < seedsMax; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            TortureOutcome outcome = run(from + (ulong)i);
            if (!outcome.Holds)
            {
                return new MutantFinding(mutant, words, i + 1, outcome.Violations);
            }
        }

        return new MutantFinding(mutant, words, seedsMax, []);
    }
}
