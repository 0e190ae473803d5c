using Headroom.Audit;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Spectre.Console;

namespace Headroom.Cli.Rendering;

/// <summary>The ranked table, the claims and the violations, for people.</summary>
internal static class AuditTable
{
    public static void Print(AuditResult result)
    {
        IAnsiConsole console = PlainConsole.Open();

        console.MarkupLine($"[bold]{Markup.Escape(result.System)}[/]: {Markup.Escape(Summary(result))}");
        console.Write(Table(result));
        PrintAdvice(console, result);
        PrintClaims(console, result);
        foreach (Finding violation in result.Violations)
        {
            console.MarkupLine($"[red bold]VIOLATED[/] [red]{Markup.Escape(violation.Id)}: {Markup.Escape(violation.VerdictReason)}. A measurement of ours that beats a theorem is a bug: please report it.[/]");
        }

        console.MarkupLine($"[grey]headroom {AuditResult.Version}, seed {result.Seed}; again with: {Markup.Escape(result.Command)}; each number in words: headroom explain {Markup.Escape(result.Activities[0].Headline.Id)}[/]");
    }

    private static string Summary(AuditResult result)
    {
        double best = result.Activities.Sum(a => Math.Max(0, a.Headline.MoneyToBest ?? 0));
        int refuted = result.Claims.Count(c => c.Verdict == ClaimVerdict.Refuted);
        string money = result.Activities.Any(a => a.Headline.MoneyToBest is not null) ? $"{Dollars(best)} a year between now and the best we found; " : result.Prices.Written().Any() ? "nothing that the prices speak of can be compared; " : "no prices, so no money; ";
        return $"{money}{Count(result.Activities.Count, "activity", "activities")}, {Count(result.Findings.Count(), "finding", "findings")}{(result.Claims.Any() ? $", {refuted} of {Count(result.Claims.Count(), "claim", "claims")} refuted" : "")}";
    }

    private static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    private static Table Table(AuditResult result)
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).Expand();
        foreach (string column in new[] { "activity", "metric", "now", "best", "limit" })
        {
            _ = table.AddColumn(column);
        }

        foreach (string column in new[] { "headroom", "$/y to best", "$/y to limit" })
        {
            _ = table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (Finding finding in result.Activities.Select(a => a.Headline))
        {
            _ = table.AddRow(
                $"[bold]{Markup.Escape(finding.Activity)}[/]\n[grey]{Markup.Escape(finding.Kind)}[/]",
                Markup.Escape(finding.Metric.Name),
                Candidate(finding.Now, finding),
                finding.Best is null ? "[grey]none meets every goal[/]" : Candidate(finding.Best, finding),
                Limit(finding),
                finding.Headroom is { } headroom ? $"{(finding.Limit!.IsBound ? "" : ">= ")}{Print2(headroom * 100)} %\n[grey]{Verdict(finding)}[/]" : $"-\n[grey]{Verdict(finding)}[/]",
                finding.MoneyToBest is { } toBest ? Dollars(toBest) : "-",
                finding.MoneyToLimit is { } toLimit ? Dollars(toLimit) : "-");
        }

        return table;
    }

    private static void PrintAdvice(IAnsiConsole console, AuditResult result)
    {
        foreach (ActivityResult activity in result.Activities)
        {
            console.MarkupLine($"[bold]{Markup.Escape(activity.Name)}[/]: {Markup.Escape(activity.Headline.Advice.Reason)}");
        }

        console.WriteLine();
    }

    private static void PrintClaims(IAnsiConsole console, AuditResult result)
    {
        if (!result.Claims.Any())
        {
            return;
        }

        console.MarkupLine("[bold]Claims[/]");
        foreach (JudgedClaim judged in result.Claims)
        {
            string colour = judged.Verdict switch { ClaimVerdict.Refuted => "red", ClaimVerdict.Reproduced => "green", ClaimVerdict.Plausible => "blue", _ => "yellow" };
            string said = judged.Claim.Text ?? $"{judged.Claim.Metric} {judged.Claim.Value}";
            string of = judged.Claim.Strategy is { } strategy ? $" of {strategy}" : "";
            string verdict = judged.Verdict.ToString().PadRight(10);
            console.MarkupLine($"  [{colour}]{verdict}[/] {Markup.Escape(judged.Claim.Activity)}: {Markup.Escape(said)}{Markup.Escape(of)} ({Markup.Escape(judged.Claim.By)})\n             [grey]{Markup.Escape(judged.Why)}[/]");
        }

        console.WriteLine();
    }

    private static string Candidate(Candidate candidate, Finding finding)
    {
        string goal = candidate.MeetsGoals ? "" : $"\n[yellow]misses {Markup.Escape(string.Join(", ", candidate.MissedGoals))}[/]";
        return $"{Markup.Escape(Shown(candidate.Value.Value, finding))}\n[grey]{Markup.Escape(candidate.Strategy)}[/]{goal}";
    }

    private static string Limit(Finding finding) => finding.Limit switch
    {
        null => "-",
        { Value: BoundValue.Finite finite } limit => $"{Markup.Escape(Shown(finite.Value, finding))}\n[grey]{Markup.Escape(limit.Id)}[/]",
        { Value: BoundValue.OutsideRegime } limit => $"[grey]outside\n{Markup.Escape(limit.Id)}[/]",
        { } limit => $"unbounded\n[grey]{Markup.Escape(limit.Id)}[/]",
    };

    private static string Verdict(Finding finding) => finding.Verdict switch
    {
        Kernel.Findings.Verdict.None => "reference",
        Kernel.Findings.Verdict.Attained => "attained",
        Kernel.Findings.Verdict.Violated => "[red]VIOLATED[/]",
        Kernel.Findings.Verdict.OutsideRegime => "outside regime",
        _ => "open",
    };

    private static string Shown(double value, Finding finding) => double.IsPositiveInfinity(value) ? "never ends" : new Quantity(value, finding.Metric.Unit).ToHumanString();

    private static string Print2(double value) => Kernel.Quantities.Print.Significant(value, 3);

    private static string Dollars(double value) => (value < 0 ? "-" : "") + Kernel.Quantities.Print.Human(new Quantity(Math.Abs(value), Unit.Dollar));
}
