using Headroom.Audit.Report;
using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit;

/// <summary>What the audit of one activity gave.</summary>
public sealed record ActivityResult(string Name, string Kind, IReadOnlyList<Finding> Findings, IReadOnlyList<JudgedClaim> Claims, IReadOnlyList<Exhibit> Exhibits, IReadOnlyList<string> Notes)
{
    public Finding Headline => Findings.FirstOrDefault(f => f.Headline) ?? Findings[0];
}

/// <summary>What an audit gave: the activities ranked by yearly money at stake, with everything needed to say it again.</summary>
public sealed record AuditResult
{
    public required string System { get; init; }

    public required Seed Seed { get; init; }

    public required Prices Prices { get; init; }

    /// <summary>The command that gives this result, as a user would type it.</summary>
    public required string Command { get; init; }

    public required IReadOnlyList<ActivityResult> Activities { get; init; }

    public IEnumerable<Finding> Findings => Activities.SelectMany(a => a.Findings);

    public IEnumerable<JudgedClaim> Claims => Activities.SelectMany(a => a.Claims);

    public IEnumerable<Finding> Violations => Findings.Where(f => f.Verdict == Verdict.Violated);

    /// <summary>The version that stands in every output.</summary>
    public static string Version { get; } = typeof(AuditResult).Assembly.GetName().Version!.ToString(3);
}
