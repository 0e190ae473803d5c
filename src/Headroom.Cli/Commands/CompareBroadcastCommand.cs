using System.CommandLine;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Kernel.Randomness;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom compare broadcast</c>: ways of broadcasting over a grid of members, networks and faults.</summary>
internal static class CompareBroadcastCommand
{
    private static readonly BroadcastGridText Defaults = new();

    private static readonly Option<string> Protocols = Axis("--protocols", "all, or protocols with their parameters: 'flooding,push(6),tree(4)'", Defaults.Protocols);
    private static readonly Option<string?> Members = new("--members") { Description = "members: 100,1k,10k (1k where the topology does not say)", HelpName = "LIST" };
    private static readonly Option<string?> Latency = new("--latency") { Description = "minimum latency of every link: 1ms,50ms (50ms where the topology does not say)", HelpName = "LIST" };
    private static readonly Option<string> Loss = Axis("--loss", "share of the messages lost on their way: 0,0.1%,1%", Defaults.Loss);
    private static readonly Option<string> Bandwidth = Axis("--bandwidth", "each member's line, each way, in bit/s: 1G,10M,inf", Defaults.Bandwidth);
    private static readonly Option<string> Jitter = Axis("--jitter", "mean of what links add to their latency, exponential: 0,10ms", Defaults.Jitter);
    private static readonly Option<string> Failures = Axis("--failures", "share of the members dead from the start: 0,5%", Defaults.Failures);
    private static readonly Option<string> Topology = Axis("--topology", "complete, grid:5x5, line:25, ring:25, star:25, tree4:25, regular:5, or a file", Defaults.Topology);
    private static readonly Option<string> Payload = new("--payload") { Description = "what is broadcast: 1kB", DefaultValueFactory = _ => Defaults.Payload, HelpName = "BYTES" };
    private static readonly Option<string> Trials = new("--trials") { Description = "runs of each cell; with --budget the most", DefaultValueFactory = _ => "30", HelpName = "N" };
    private static readonly Option<string?> Budget = new("--budget") { Description = "as many runs as it takes until intervals are within 1 % or this time is over: 5m", HelpName = "TIME" };
    private static readonly Option<ulong> SeedOption = new("--seed") { Description = "the seed of every simulated number", DefaultValueFactory = _ => AuditCommand.DefaultSeed };
    private static readonly Option<int> Threads = new("--threads") { Description = "runs side by side; results do not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<bool> RunExact = new("--run-exact") { Description = "run even where closed forms say everything" };
    private static readonly Option<string?> Csv = new("--csv") { Description = "the rows as CSV", HelpName = "FILE" };
    private static readonly Option<string?> Resume = new("--resume") { Description = "where finished cells are kept and found again; beside the output by default", HelpName = "FILE" };

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("broadcast", "one payload from one member to all: copies, messages, bytes, rounds, hops, latency and delivery of each protocol")
        {
            Protocols, Members, Latency, Loss, Bandwidth, Jitter, Failures, Topology, Payload, Trials, Budget, SeedOption, Threads, RunExact, Csv, Resume,
        };
        var json = new JsonOption();
        json.AddTo(command);
        command.SetAction(parsed => Run(parsed, new Outputs(parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), parsed.GetValue(Csv)), cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, Outputs outputs, CancellationToken cancellation)
    {
        BroadcastGridText text = Text(parsed);
        var seed = new Seed(parsed.GetValue(SeedOption));
        var policy = new TrialPolicy
        {
            Trials = (int)AxisReader.Counts("--trials", parsed.GetValue(Trials)!, 1, 1_000_000)[0],
            Budget = parsed.GetValue(Budget) is { } budget ? AxisReader.Duration("--budget", budget) : null,
        };
        policy = policy.Budget is not null && parsed.GetResult(Trials) is null or { Implicit: true } ? policy with { Trials = TrialsMaxOfBudget } : policy;
        BroadcastGrid grid = BroadcastGridReader.Read(text, seed);
        outputs.Check(grid.Inputs);
        var comparison = new BroadcastComparison(grid, seed, parsed.GetValue(RunExact));
        string journal = parsed.GetValue(Resume) ?? FinishedCells.PathFor(outputs.First, CommandLine.Of(parsed, "headroom compare broadcast"));
        using var progress = new ProgressDisplay();
        ComparisonResult result = BroadcastComparisonRun.Run(comparison, new RunOptions
        {
            Policy = policy,
            Threads = Math.Clamp(parsed.GetValue(Threads), 1, 64),
            Clock = TimeProvider.System,
            Command = CommandLine.Of(parsed, "headroom compare broadcast", SeedOption),
            Journal = journal,
            OnPlanned = (experiments, finished, time) => ComparisonWords.SayPlan(comparison, policy, experiments, finished, time, journal),
            OnProgress = p => progress.Update("compare", p.ShareDone, $"{p.Finished} of {p.Experiments} done; {p.Doing}"),
        }, cancellation);
        progress.Dispose();
        outputs.Write(result);
        if (result.WasInterrupted)
        {
            Console.Error.WriteLine($"interrupted; {result.Cells.Count()} of {comparison.Cells} cells are finished and kept in {journal}; the same command goes on from there");
            return ExitCode.Interrupted;
        }

        FinishedCells.RemoveDefault(parsed.GetValue(Resume), journal);
        return result.Violations.Any() ? ExitCode.BoundViolated : ExitCode.Done;
    }

    private const int TrialsMaxOfBudget = 10_000;

    private static BroadcastGridText Text(ParseResult parsed) => new()
    {
        Protocols = parsed.GetValue(Protocols)!,
        Members = parsed.GetValue(Members),
        Latency = parsed.GetValue(Latency),
        Loss = parsed.GetValue(Loss)!,
        Bandwidth = parsed.GetValue(Bandwidth)!,
        Jitter = parsed.GetValue(Jitter)!,
        Failures = parsed.GetValue(Failures)!,
        Topology = parsed.GetValue(Topology)!,
        Payload = parsed.GetValue(Payload)!,
    };

    private static Option<string> Axis(string name, string description, string usual) => new(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "LIST" };

    /// <summary>Where the result goes.</summary>
    private sealed record Outputs(bool JsonToOutput, string? JsonFile, string? CsvFile)
    {
        public string? First => JsonFile ?? CsvFile;

        public void Check(IReadOnlyList<string> inputs)
        {
            foreach (string file in new[] { JsonFile, CsvFile }.OfType<string>())
            {
                WholeFile.Check(file, inputs);
            }
        }

        public void Write(ComparisonResult result)
        {
            byte[] json = ComparisonJson.Write(result);
            if (JsonFile is not null)
            {
                WholeFile.Write(JsonFile, json);
            }

            if (CsvFile is not null)
            {
                WholeFile.Write(CsvFile, ComparisonCsv.Write(result));
            }

            if (JsonToOutput)
            {
                using Stream output = Console.OpenStandardOutput();
                output.Write(json);
            }
            else
            {
                ComparisonTable.Print(result);
            }

            TextWriter say = JsonToOutput ? Console.Error : Console.Out;
            foreach ((string what, string? file) in new[] { ("json", JsonFile), ("csv", CsvFile) })
            {
                if (file is not null)
                {
                    say.WriteLine($"{what}: {file}");
                }
            }
        }
    }
}
