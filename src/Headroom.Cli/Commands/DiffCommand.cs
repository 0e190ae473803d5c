using System.CommandLine;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Kernel.Quantities;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom diff OLD NEW --fail-on 5%</c>: what became worse between two audits; a gate for the user's own CI.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var before = new Argument<string>("old") { Description = "JSON of an earlier audit" };
        var after = new Argument<string>("new") { Description = "JSON of a later audit" };
        var failOn = new Option<string?>("--fail-on") { Description = "exit with 4 when a metric's now or best became worse by more than this share (5%), a goal came to be missed, a bound violated, or a finding is gone", HelpName = "SHARE" };
        var command = new Command("diff", "compare two audits' JSON") { before, after, failOn };
        command.SetAction(parsed => Run(AuditDocument.Load(parsed.GetValue(before)!), AuditDocument.Load(parsed.GetValue(after)!), Tolerance(parsed.GetValue(failOn))));
        return command;
    }

    private static double? Tolerance(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!Quantity.TryParse(text, out Quantity share, out string? problem) || share.Dimension != Dimension.None || share.Base < 0)
        {
            throw new InputException(new Mark("--fail-on", 0, 0), problem ?? $"a share such as 5% is expected; found '{text}'");
        }

        // A gate that takes 5 for 500 % never closes.
        return share.Base >= 1 && share.Unit != Unit.Percent
            ? throw new InputException(new Mark("--fail-on", 0, 0), $"a share such as 5% is expected; '{text}' is {Print.Significant(share.Base * 100, 6)}% (write {text}% or {Print.Significant(share.Base * 100, 6)}%)")
            : share.Base;
    }

    private static int Run(AuditDocument before, AuditDocument after, double? tolerance)
    {
        double allowed = tolerance ?? double.PositiveInfinity;
        var old = before.Findings.ToDictionary(f => f.Id, StringComparer.Ordinal);
        int failures = 0;
        int changes = 0;
        foreach (DocumentFinding finding in after.Findings)
        {
            if (!old.Remove(finding.Id, out DocumentFinding? earlier))
            {
                Console.WriteLine($"new      {finding.Id}: now {Shown(finding.Now.Value, finding)}");
                changes++;
                continue;
            }

            foreach ((string what, DocumentValue? was, DocumentValue? becomes) in new[] { ("now", earlier.Now, finding.Now), ("best", earlier.Best, finding.Best) })
            {
                bool measuredHere = finding.Now.ProvenanceKind == "executed";
                (bool changed, bool failed) = Compare(finding, what, was, becomes, measuredHere ? double.PositiveInfinity : allowed);
                changes += changed ? 1 : 0;
                failures += failed ? 1 : 0;
            }
        }

        foreach (DocumentFinding gone in old.Values)
        {
            Console.WriteLine($"GONE     {gone.Id}");
            changes++;
            failures++;
        }

        foreach (string violation in after.Violations.Except(before.Violations))
        {
            Console.WriteLine($"VIOLATED {violation}");
            changes++;
            failures++;
        }

        bool answerIsNo = tolerance is not null && failures > 0;
        Console.WriteLine(changes == 0 ? $"no change in {after.Findings.Count} findings"
            : $"{changes} changes in {after.Findings.Count} findings" + (tolerance is { } t ? $"; {failures} beyond {Print.Significant(t * 100, 4)} %" : ""));
        return answerIsNo ? ExitCode.AnswerIsNo : ExitCode.Done;
    }

    private static (bool Changed, bool Failed) Compare(DocumentFinding finding, string what, DocumentValue? was, DocumentValue? becomes, double allowed)
    {
        if (was is null || becomes is null)
        {
            bool lost = was is not null;
            if (was != becomes)
            {
                Console.WriteLine($"{(lost ? "WORSE   " : "better  ")} {finding.Id}: {what} {(lost ? "no longer meets every goal" : "meets every goal now")}");
            }

            return (was != becomes, lost && double.IsFinite(allowed));
        }

        double a = was.Value ?? 0;
        double b = becomes.Value ?? 0;
        bool goalLost = was.MeetsGoals && !becomes.MeetsGoals;
        if (a.Equals(b) && !goalLost)
        {
            return (false, false);
        }

        double change = a == 0 ? double.PositiveInfinity * Math.Sign(b - a) : (b - a) / Math.Abs(a);
        bool worse = finding.IsFloor ? b > a : b < a;
        bool fails = goalLost || (worse && Math.Abs(change) > allowed);
        string by = double.IsFinite(change) ? $" ({(change > 0 ? "+" : "")}{Print.Significant(change * 100, 3)} %)" : "";
        string goals = goalLost ? $", misses {string.Join(", ", becomes.MissedGoals)}" : "";
        Console.WriteLine($"{(fails ? "WORSE   " : worse ? "worse   " : "better  ")} {finding.Id}: {what} {Shown(a, finding)} ({was.Strategy}) -> {Shown(b, finding)} ({becomes.Strategy}){by}{goals}");
        return (true, fails);
    }

    private static string Shown(double? value, DocumentFinding finding) =>
        value is { } number ? $"{Print.Significant(number, 5)} {finding.Unit}".TrimEnd() : "-";
}
