using System.CommandLine;
using System.Text;
using Headroom.Audit.Histories;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Models;
using Headroom.Evidence.Histories;
using Headroom.Kernel.Quantities;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom check-history FILE...</c>: whether what clients saw could have come from one object at a time.</summary>
internal static class CheckHistoryCommand
{
    private static readonly Argument<string[]> Files = new("file") { Description = "histories: Jepsen logs, EDN, JSON (docs/check-history.md)", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Model = new("--model", "-m") { Description = $"the object: {string.Join(", ", ModelRegistry.All.Select(m => m.Name))}; by its operations where left out" };
    private static readonly Option<string> Format = new("--format", "-f") { Description = "auto, jepsen, kv, edn or json", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string?> Picture = new("--picture") { Description = "the first history that fails (or else the first) as a picture (SVG)", HelpName = "FILE" };
    private static readonly Option<string?> Report = new("--report") { Description = "all histories with their pictures as a page (HTML)", HelpName = "FILE" };
    private static readonly Option<long> StepsMax = new("--steps-max") { Description = "steps after which a history is left undecided", DefaultValueFactory = _ => new LinearizabilityOptions().StepsMax };
    private static readonly Option<string> MemoryMax = new("--memory-max") { Description = "memory for what was explored, at most 8 GiB", DefaultValueFactory = _ => "1GiB" };

    public static Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var command = new Command("check-history", "whether recorded histories are linearizable; exit code 4 if not") { Files, Model, Format, Picture, Report, StepsMax, MemoryMax };
        json.AddTo(command);
        command.SetAction(parsed => Run(parsed, parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        string[] files = parsed.GetValue(Files)!;
        SequentialModel? model = ReadModel(parsed.GetValue(Model));
        HistoryFormat format = ReadFormat(parsed.GetValue(Format)!);
        LinearizabilityOptions options = ReadBudget(parsed);
        string? picture = parsed.GetValue(Picture);
        string? report = parsed.GetValue(Report);
        foreach ((string? output, string example) in new[] { (jsonFile, "check.json"), (picture, "history.svg"), (report, "histories.html") })
        {
            if (output is not null)
            {
                WholeFile.Check(output, files.Select(Path.GetFullPath), example);
            }
        }

        var checks = new List<HistoryCheck>();
        using (var progress = new ProgressDisplay())
        {
            for (int i = 0; i < files.Length; i++)
            {
                progress.Update("check-history", (double)i / files.Length, files[i]);
                checks.Add(HistoryCheck.Run(files[i], format, model, options, TimeProvider.System, cancellation));
            }
        }

        string command = CommandLine.Of(parsed, $"headroom check-history {string.Join(' ', files.Select(CommandLine.Quoted))}");
        Write(checks, command, jsonToOutput, jsonFile, picture, report, cancellation);
        return checks.All(check => check.Result.Verdict == LinearizabilityVerdict.Linearizable) ? ExitCode.Done : ExitCode.AnswerIsNo;
    }

    private static void Write(List<HistoryCheck> checks, string command, bool jsonToOutput, string? jsonFile, string? picture, string? report, CancellationToken cancellation)
    {
        byte[] json = HistoryCheckJson.Write(checks, command);
        if (jsonFile is not null)
        {
            WholeFile.Write(jsonFile, json, cancellation);
        }

        if (picture is not null)
        {
            HistoryCheck drawn = checks.Find(check => check.Result.Failure is not null) ?? checks[0];
            WholeFile.Write(picture, Encoding.UTF8.GetBytes(drawn.Picture()), cancellation);
            Console.Error.WriteLine($"drawn: {picture}");
        }

        if (report is not null)
        {
            WholeFile.Write(report, HistoryCheckPage.Write(checks, command), cancellation);
            Console.Error.WriteLine($"report: {report}");
        }

        if (jsonToOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(json);
            return;
        }

        foreach (string line in checks.SelectMany(HistoryCheckText.Lines))
        {
            Console.WriteLine(line);
        }

        if (checks.Count > 1)
        {
            int yes = checks.Count(check => check.Result.Verdict == LinearizabilityVerdict.Linearizable);
            int no = checks.Count(check => check.Result.Verdict == LinearizabilityVerdict.NotLinearizable);
            Console.WriteLine($"{checks.Count} histories: {yes} linearizable, {no} not, {checks.Count - yes - no} undecided");
        }
    }

    private static SequentialModel? ReadModel(string? name)
    {
        if (name is null)
        {
            return null;
        }

        string[] names = [.. ModelRegistry.All.Select(m => m.Name)];
        string? near = NearestName.Of(name, names);
        return ModelRegistry.All.FirstOrDefault(m => m.Name == name)
            ?? throw new InputException(new Mark("--model", 0, 0), $"no model '{name}'" + (near is null ? "" : $" (did you mean {near}?)") + $"; there are {string.Join(", ", names)}");
    }

    private static HistoryFormat ReadFormat(string name)
    {
        string[] names = [.. Enum.GetNames<HistoryFormat>().Select(n => n.ToLowerInvariant())];
        string? near = NearestName.Of(name, names);
        int format = Array.IndexOf(names, name);
        return format >= 0 ? (HistoryFormat)format
            : throw new InputException(new Mark("--format", 0, 0), $"no format '{name}'" + (near is null ? "" : $" (did you mean {near}?)") + $"; there are {string.Join(", ", names)}");
    }

    private static LinearizabilityOptions ReadBudget(ParseResult parsed)
    {
        long steps = parsed.GetValue(StepsMax);
        if (steps < 1)
        {
            throw new InputException(new Mark("--steps-max", 0, 0), $"at least 1 is expected; found {steps}");
        }

        string text = parsed.GetValue(MemoryMax)!;
        if (!Quantity.TryParse(text, out Quantity memory, out string? problem))
        {
            throw new InputException(new Mark("--memory-max", 0, 0), problem);
        }

        return memory.Dimension == Unit.Byte.Dimension && memory.In("B") is >= 1e6 and <= LinearizabilityOptions.MemoryBytesLimit
            ? new LinearizabilityOptions { StepsMax = steps, MemoryBytesMax = (long)memory.In("B") }
            : throw new InputException(new Mark("--memory-max", 0, 0), $"from 1 MB to 8 GiB is expected; found '{text}'");
    }
}
