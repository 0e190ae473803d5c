using System.CommandLine;
using Headroom.Audit;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Audit.Systems;
using Headroom.Cli.Rendering;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom audit SYSTEM</c>: runs every activity, prints the ranked table, writes the report.</summary>
internal static class AuditCommand
{
    public const ulong DefaultSeed = 1;

    public static Command Create(CancellationToken cancellation)
    {
        var file = new Argument<string>("system") { Description = "the system file (YAML)" };
        var report = new Option<string?>("--report") { Description = "where the HTML report goes; the system's name in the current folder by default", HelpName = "FILE" };
        var noReport = new Option<bool>("--no-report") { Description = "write no report" };
        var seed = new Option<ulong>("--seed") { Description = "the seed of every simulated number", DefaultValueFactory = _ => DefaultSeed };
        var only = new Option<string[]>("--only") { Description = "only this activity; may be repeated", HelpName = "ACTIVITY" };
        var threads = new Option<int>("--threads") { Description = "activities run side by side; results do not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
        var json = new JsonOption();
        var command = new Command("audit", "now, best and limit of every activity of a system, ranked by money; judges its claims; writes a report")
        {
            file, report, noReport, seed, only, threads,
        };
        json.AddTo(command);
        command.SetAction(parsed => Run(
            new Request(parsed.GetValue(file)!, parsed.GetValue(seed), parsed.GetValue(only) ?? [], parsed.GetValue(threads)),
            new Outputs(parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), parsed.GetValue(report), parsed.GetValue(noReport)),
            cancellation));
        return command;
    }

    /// <summary>Loads and runs; used by <c>explain</c> too.</summary>
    public static AuditResult Audit(SystemFile system, Request request, CancellationToken cancellation)
    {
        string[] slugs = [.. request.Only.Select(name => FindActivity(system, name))];
        string command = $"headroom audit {CommandLine.Quoted(request.File)} --seed {request.Seed}" + string.Concat(slugs.Select(s => $" --only {s}"));
        using var progress = new ProgressDisplay();
        return Auditor.Run(system, new AuditOptions
        {
            Seed = new Seed(request.Seed),
            Command = command,
            Only = slugs,
            Threads = Math.Clamp(request.Threads, 1, 64),
            OnProgress = progress.Update,
        }, cancellation);
    }

    private static int Run(Request request, Outputs outputs, CancellationToken cancellation)
    {
        SystemFile system = SystemFile.Load(request.File);
        string reportPath = outputs.Report ?? $"{Slug.Of(system.Name)}.html";
        if (!outputs.NoReport)
        {
            ReportWriter.Check(reportPath, system.Inputs);
        }

        if (outputs.JsonFile is not null)
        {
            WholeFile.Check(outputs.JsonFile, system.Inputs);
            if (!outputs.NoReport && WholeFile.Resolve(outputs.JsonFile) == WholeFile.Resolve(reportPath))
            {
                throw new InputException(new Mark(outputs.JsonFile, 0, 0), "is where the report goes; the JSON needs a file of its own");
            }
        }

        AuditResult result = Audit(system, request, cancellation);
        byte[] json = AuditJson.Write(result);
        cancellation.ThrowIfCancellationRequested();
        if (!outputs.NoReport)
        {
            ReportWriter.Write(reportPath, result, system.Inputs, cancellation);
        }

        if (outputs.JsonFile is not null)
        {
            WholeFile.Write(outputs.JsonFile, json, cancellation);
        }

        LastAudit.Save(json);
        if (outputs.JsonToOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(json);
            Say(Console.Error, reportPath, outputs);
        }
        else
        {
            AuditTable.Print(result);
            Say(Console.Out, reportPath, outputs);
        }

        return result.Violations.Any() ? ExitCode.BoundViolated : ExitCode.Done;
    }

    private static void Say(TextWriter writer, string reportPath, Outputs outputs)
    {
        if (!outputs.NoReport)
        {
            writer.WriteLine($"report: {reportPath}");
        }

        if (outputs.JsonFile is not null)
        {
            writer.WriteLine($"json: {outputs.JsonFile}");
        }
    }

    private static string FindActivity(SystemFile system, string name)
    {
        string slug = Slug.Of(name);
        if (system.Activities.Any(a => Slug.Of(a.Name) == slug))
        {
            return slug;
        }

        string? near = NearestName.Of(slug, system.Activities.Select(a => Slug.Of(a.Name)));
        throw new InputException(new Mark("--only", 0, 0), $"no activity '{name}'"
            + (near is null ? $"; there are {string.Join(", ", system.Activities.Select(a => Slug.Of(a.Name)))}" : $" (did you mean {near}?)"));
    }

    /// <summary>What to audit and how.</summary>
    internal sealed record Request(string File, ulong Seed, IReadOnlyList<string> Only, int Threads);

    private sealed record Outputs(bool JsonToOutput, string? JsonFile, string? Report, bool NoReport);
}
