using System.CommandLine;
using System.Text;
using System.Text.Json;
using Headroom.Audit;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Audit.Systems;
using Headroom.Kernel.Quantities;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom explain FINDING [FILE]</c>: how each number of a finding came about, in words, with the command that reproduces it.</summary>
internal static class ExplainCommand
{
    public static Command Create(CancellationToken cancellation)
    {
        var id = new Argument<string>("finding") { Description = "a finding's id, such as price-push/payloads; or an activity for all of its findings" };
        var file = new Argument<string?>("file") { Description = "an audit's JSON or a system file; the last audit where left out", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "how each number of a finding came about, in words") { id, file };
        command.SetAction(parsed => Run(parsed.GetValue(id)!, Document(parsed.GetValue(file), parsed.GetValue(id)!, cancellation)));
        return command;
    }

    private static AuditDocument Document(string? file, string id, CancellationToken cancellation)
    {
        if (file is null)
        {
            return File.Exists(LastAudit.Path) ? AuditDocument.Load(LastAudit.Path)
                : throw new InputException(new Mark("explain", 0, 0), "no audit has run yet; run headroom audit SYSTEM, or name a system file or an audit's JSON after the finding");
        }

        if (TextFile.Read(file, file, 256 << 20).AsSpan().TrimStart().StartsWith("{\"") || file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return AuditDocument.Load(file);
        }

        SystemFile system = SystemFile.Load(file);
        string activity = id.Split('/')[0];
        AuditResult result = AuditCommand.Audit(system, new AuditCommand.Request(file, AuditCommand.DefaultSeed, [activity], Environment.ProcessorCount), cancellation);
        return AuditDocument.Parse(Encoding.UTF8.GetString(AuditJson.Write(result)), file);
    }

    private static int Run(string id, AuditDocument document)
    {
        DocumentFinding[] found = [.. document.Findings.Where(f => f.Id == id || Slug.Of(f.Activity) == Slug.Of(id) || f.Activity == id)];
        if (found.Length == 0)
        {
            string? near = NearestName.Of(id, document.Findings.Select(f => f.Id));
            Console.Error.WriteLine($"headroom: no finding '{id}' in the audit of {document.System}" + (near is null ? $"; there are {string.Join(", ", document.Findings.Select(f => f.Id))}" : $" (did you mean {near}?)"));
            return ExitCode.InputsFault;
        }

        foreach (DocumentFinding finding in found)
        {
            Explain(finding, document);
        }

        return ExitCode.Done;
    }

    private static void Explain(DocumentFinding finding, AuditDocument document)
    {
        Console.WriteLine($"{finding.Id}: {finding.Meaning}{(finding.Unit.Length > 0 ? $" [{finding.Unit}]" : "")}; {(finding.IsFloor ? "lower" : "higher")} is better.");
        Console.WriteLine();
        Console.WriteLine($"  now    {Value(finding.Now, finding)}");
        Console.WriteLine($"         {Origin(finding.Now)}");
        if (finding.Best is { } best)
        {
            Console.WriteLine($"  best   {Value(best, finding)}");
            Console.WriteLine($"         {Origin(best)}");
        }
        else
        {
            Console.WriteLine("  best   no strategy that we tried meets every goal");
        }

        Limit(finding);
        if (finding.Headroom is { } headroom)
        {
            Console.WriteLine($"  headroom {Print.Significant(headroom * 100, 4)} % = 1 - {(finding.IsFloor ? "limit/now" : "now/limit")}");
        }

        Console.WriteLine($"  verdict  {finding.Verdict}{(finding.VerdictReason.Length > 0 ? $": {finding.VerdictReason}" : "")}");
        Console.WriteLine($"  advice   {finding.AdviceReason}");
        Console.WriteLine($"           trade-offs: {finding.AdviceTradeOffs}");
        Console.WriteLine($"           confidence: {finding.AdviceConfidence}");
        string only = $" --only {Slug.Of(finding.Activity)}";
        Console.WriteLine($"  again    {document.Command}{(document.Command.Contains(only, StringComparison.Ordinal) ? "" : only)}");
        Console.WriteLine();
    }

    private static void Limit(DocumentFinding finding)
    {
        if (finding.Limit.ValueKind == JsonValueKind.Null)
        {
            Console.WriteLine("  limit  none is known to us");
            return;
        }

        JsonElement value = finding.Limit.GetProperty("value");
        string shown = value.ValueKind switch
        {
            JsonValueKind.Number => $"{Print.Significant(value.GetDouble(), 6)} {finding.Unit}".TrimEnd(),
            JsonValueKind.Object => $"outside its regime: {value.GetProperty("outsideRegime").GetString()}",
            _ => "unbounded",
        };
        string id = finding.Limit.GetProperty("id").GetString()!;
        string kind = finding.Limit.GetProperty("kind").GetString()!;
        Console.WriteLine($"  limit  {shown} by {id} ({kind})");
        Console.WriteLine($"         regime: {finding.Limit.GetProperty("regime").GetString()}");
        if (BoundRegistry.Find(id) is { } bound)
        {
            Console.WriteLine($"         {bound.Statement}");
            Console.WriteLine($"         source: {bound.Citation.Place}, {References.Text(bound.Citation.Key)}");
            string? arguments = finding.Limit.GetProperty("arguments").GetString();
            Console.WriteLine(string.IsNullOrEmpty(arguments)
                ? "         again: by the command below (a whole network does not fit on a command line)"
                : $"         again: headroom limit {id} {arguments}");
        }
        else
        {
            Console.WriteLine($"         from: {finding.Limit.GetProperty("provenance").GetProperty("detail").GetString()}");
        }
    }

    private static string Value(DocumentValue value, DocumentFinding finding)
    {
        string interval = value.Low is { } low && value.High is { } high && low != high ? $", 95 % interval {Print.Significant(low, 5)} to {Print.Significant(high, 5)}" : "";
        string money = value.MoneyPerYear is { } dollars ? $"; {Print.Human(new Quantity(dollars, Unit.Dollar))} a year" : "";
        string goals = value.MeetsGoals ? "" : $"; misses {string.Join(", ", value.MissedGoals)}";
        string number = value.Value is { } v && double.IsPositiveInfinity(v) ? "never ends" : $"{Print.Significant(value.Value ?? 0, 6)} {finding.Unit}".TrimEnd();
        return $"{number} with {value.Strategy}{interval}{money}{goals}";
    }

    private static string Origin(DocumentValue value) => $"{value.ProvenanceKind}: {value.Provenance}";
}
