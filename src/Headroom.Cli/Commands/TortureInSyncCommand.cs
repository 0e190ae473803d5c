using System.CommandLine;
using System.Text.Json;
using Headroom.Audit;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Consensus.InSync;
using Headroom.Consensus.InSync.Torture;
using Headroom.Consensus.Torture;
using Headroom.Simulation.Hosting;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture isr</c>: a partition replicated in sync under random faults, seed after seed, with every check.</summary>
internal static class TortureInSyncCommand
{
    private static readonly Option<int> Seeds = new("--seeds") { Description = "how many seeds", DefaultValueFactory = _ => 200 };
    private static readonly Option<ulong> SeedFrom = new("--seed-from") { Description = "the first seed", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Members = new("--members", "-n") { Description = "replicas, 2 to 15", DefaultValueFactory = _ => 3 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "simulated seconds of a run; all is healed after half of them", DefaultValueFactory = _ => 30 };
    private static readonly Option<int> Records = new("--records") { Description = "records of all producers in a run", DefaultValueFactory = _ => 600 };
    private static readonly Option<string> Flush = new("--flush") { Description = "each: a batch is on disk before it counts; never: replication alone keeps it, and fewer members crash", DefaultValueFactory = _ => "each" };
    private static readonly Option<bool> Unclean = new("--unclean") { Description = "a leader may be elected outside those in sync; what is lost then is counted and not held against the protocol" };
    private static readonly Option<int?> Threads = new("--threads") { Description = "runs at a time (all cores); no value depends on it" };
    private static readonly Option<bool> Mutants = new("--mutants") { Description = "instead: put each of the known faults into the protocol and tell which check finds it after how many seeds" };

    public static Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var command = new Command("isr", "in-sync replication: swarm-random faults, every promise checked; exit code 4 when one is broken") { Seeds, SeedFrom, Members, Seconds, Records, Flush, Unclean, Threads, Mutants };
        json.AddTo(command);
        command.SetAction(parsed => Run(parsed, parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        InSyncTortureOptions options = Read(parsed);
        int seeds = parsed.GetValue(Seeds);
        ulong from = parsed.GetValue(SeedFrom);
        int? threads = parsed.GetValue(Threads);
        if (seeds < 1 || threads < 1)
        {
            throw new InputException(new Mark(seeds < 1 ? "--seeds" : "--threads", 0, 0), "one or more is expected");
        }

        if (parsed.GetValue(Mutants))
        {
            return TortureTable.Show(InSyncMutantProof.Run(options, from, seeds)) ? ExitCode.Done : ExitCode.AnswerIsNo;
        }

        InSyncTortureResult[] results;
        using (var progress = new ProgressDisplay())
        {
            int done = 0;
            var torture = new InSyncTorture(options);
            results = Replications.Run(seeds, i =>
            {
                InSyncTortureResult result = torture.Run(from + (ulong)i);
                progress.Update("isr", (double)Interlocked.Increment(ref done) / seeds, $"{done} of {seeds} seeds");
                return result;
            }, threads, cancellation);
        }

        byte[] document = Json(results, options, CommandLine.Of(parsed, "headroom torture isr", Seeds, SeedFrom));
        if (jsonFile is not null)
        {
            WholeFile.Write(jsonFile, document, cancellation);
        }

        if (jsonToOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(document);
        }
        else
        {
            TortureTable.Show(results);
        }

        if (Array.Find(results, result => !result.Holds) is not { } failure)
        {
            return ExitCode.Done;
        }

        Violation violation = failure.Violations[0];
        string others = $"--seconds {options.Seconds} --records {options.Records} --flush {parsed.GetValue(Flush)}{(options.AllowsUnclean ? " --unclean" : "")}";
        Console.Error.WriteLine($"seed {failure.Seed}: {violation.Check} does not hold: {violation.What}, at {violation.AtNs / 1e9:0.000000} s; again with: headroom torture isr --seeds 1 --seed-from {failure.Seed} --members {options.Replicas} {others}");
        return ExitCode.AnswerIsNo;
    }

    private static InSyncTortureOptions Read(ParseResult parsed)
    {
        string flush = parsed.GetValue(Flush)!;
        if (flush is not ("each" or "never"))
        {
            throw new InputException(new Mark("--flush", 0, 0), $"each or never is expected, not '{flush}'");
        }

        var options = new InSyncTortureOptions
        {
            Replicas = parsed.GetValue(Members),
            Seconds = parsed.GetValue(Seconds),
            Records = parsed.GetValue(Records),
            Flush = flush == "each" ? FlushPolicy.Each : FlushPolicy.Never,
            AllowsUnclean = parsed.GetValue(Unclean),
        };
        try
        {
            options.Validate();
        }
        catch (ArgumentOutOfRangeException e)
        {
            string option = e.ParamName == nameof(InSyncTortureOptions.Replicas) ? "members" : e.ParamName!.ToLowerInvariant();
            throw CommandLine.OutOfRange(e, $"--{option}");
        }

        return options;
    }

    private static byte[] Json(IReadOnlyList<InSyncTortureResult> results, InSyncTortureOptions options, string command)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("version", AuditResult.Version);
            writer.WriteString("command", command);
            writer.WriteNumber("replicas", options.Replicas);
            writer.WriteString("flush", options.Flush == FlushPolicy.Each ? "each" : "never");
            writer.WriteBoolean("unclean", options.AllowsUnclean);
            writer.WriteNumber("failed", results.Count(result => !result.Holds));
            writer.WriteStartArray("seeds");
            foreach (InSyncTortureResult result in results)
            {
                writer.WriteStartObject();
                writer.WriteNumber("seed", result.Seed);
                writer.WriteNumber("faults", result.Faults.Faults.Count);
                writer.WriteNumber("acknowledged", result.Acknowledged);
                writer.WriteNumber("lost", result.Lost);
                writer.WriteNumber("repeated", result.Repeated);
                writer.WriteNumber("uncleanElections", result.UncleanElections);
                writer.WriteBoolean("lostAllCopies", result.LostAllCopies);
                writer.WriteNumber("restarts", result.Restarts);
                writer.WriteNumber("decisions", result.Decisions);
                writer.WriteNumber("events", result.Events);
                writer.WriteString("digest", result.Digest.ToString("x16"));
                TortureJson.Write(writer, result.Violations);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
