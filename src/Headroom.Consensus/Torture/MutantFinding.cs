namespace Headroom.Consensus.Torture;

/// <summary>How a mutant was caught: after how many seeds, and by which checks. None where it was not.</summary>
public sealed record MutantFinding(string Mutant, string Words, int Seeds, IReadOnlyList<Violation> Violations)
{
    public bool IsCaught => Violations.Count > 0;
}
