using Headroom.Audit.Report;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Studies;

/// <summary>What a study returns.</summary>
public sealed record StudyResult
{
    /// <summary>The headline finding first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Plots for the report, the most telling first.</summary>
    public IReadOnlyList<Exhibit> Exhibits { get; init; } = [];

    /// <summary>Claims that the study judged itself; the others are judged by the general rule.</summary>
    public IReadOnlyList<JudgedClaim> Judged { get; init; } = [];

    /// <summary>What the reader must know of the run: caps, samples, fitted families, closed forms in place of runs.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
