using System.CommandLine;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Kernel.Randomness;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom compare broadcast</c>: ways of broadcasting over a grid of members, networks and faults.</summary>
internal static class CompareBroadcastCommand
{
    private const int TrialsMaxOfBudget = 10_000;
    private const int TrialsUnderLoad = 3;

    private static readonly BroadcastGridText Defaults = new();

    private static readonly Option<string> Protocols = Axis("--protocols", "all, or protocols with their parameters: 'flooding,push(6),tree(4)'", Defaults.Protocols);
    private static readonly Option<string?> Members = new("--members") { Description = "members: 100,1k,10k (1k where the topology does not say)", HelpName = "LIST" };
    private static readonly Option<string?> Latency = new("--latency") { Description = "minimum latency of every link: 1ms,50ms (50ms where the topology does not say), or file:regions.csv, a matrix between regions", HelpName = "LIST" };
    private static readonly Option<string> Loss = Axis("--loss", LinkOptions.OfLoss, Defaults.Loss);
    private static readonly Option<string> Bandwidth = Axis("--bandwidth", "each member's line, each way, in bit/s: 1G,10M,inf", Defaults.Bandwidth);
    private static readonly Option<string> Jitter = Axis("--jitter", LinkOptions.OfJitter, Defaults.Jitter);
    private static readonly LinkOptions Links = new();
    private static readonly Option<string?> Faults = new("--faults") { Description = LinkOptions.OfFaults, HelpName = "FAULTS" };
    private static readonly Option<string> Failures = Axis("--failures", "share of the members dead from the start: 0,5%", Defaults.Failures);
    private static readonly Option<string> Topology = Axis("--topology", "complete, grid:5x5, line:25, ring:25, star:25, tree4:25, regular:5, or a file", Defaults.Topology);
    private static readonly Option<string> Payload = new("--payload") { Description = "what is broadcast: 1kB", DefaultValueFactory = _ => Defaults.Payload, HelpName = "BYTES" };
    private static readonly Option<string> Trials = new("--trials") { Description = "runs of each cell; with --budget the most", DefaultValueFactory = _ => "30", HelpName = "N" };
    private static readonly Option<string?> Budget = new("--budget") { Description = "as many runs as it takes until intervals are within 1 % or this time is over: 5m", HelpName = "TIME" };
    private static readonly Option<ulong> SeedOption = new("--seed") { Description = "the seed of every simulated number", DefaultValueFactory = _ => AuditCommand.DefaultSeed };
    private static readonly Option<int> Threads = new("--threads") { Description = "runs side by side; results do not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<bool> Saturate = new("--saturate") { Description = "instead: the rate of broadcasts at which each protocol saturates the first line" };
    private static readonly Option<string?> Rate = new("--rate") { Description = "instead: latency and backlog at this rate of broadcasts: 100/s", HelpName = "RATE" };
    private static readonly Option<bool> RunExact = new("--run-exact") { Description = "run even where closed forms say everything" };
    private static readonly Option<string?> Csv = new("--csv") { Description = "the rows as CSV", HelpName = "FILE" };
    private static readonly Option<string?> Report = new("--report") { Description = "the plots and every number as one HTML file", HelpName = "FILE" };
    private static readonly Option<string?> Resume = new("--resume") { Description = "where finished cells are kept and found again; beside the output by default", HelpName = "FILE" };

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("broadcast", "one payload from one member to all: copies, messages, bytes, rounds, hops, latency and delivery of each protocol")
        {
            Protocols, Members, Latency, Loss, Bandwidth, Jitter, Failures, Topology, Payload, Trials, Budget, SeedOption, Threads, Saturate, Rate, RunExact, Csv, Report, Resume,
        };
        foreach (Option option in Links.All.Append(Faults))
        {
            command.Options.Add(option);
        }

        var json = new JsonOption();
        json.AddTo(command);
        command.SetAction(parsed => Run(parsed, new Outputs(parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), parsed.GetValue(Csv), parsed.GetValue(Report)), cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, Outputs outputs, CancellationToken cancellation)
    {
        var seed = new Seed(parsed.GetValue(SeedOption));
        var policy = new TrialPolicy
        {
            Trials = (int)AxisReader.Counts("--trials", parsed.GetValue(Trials)!, 1, 1_000_000)[0],
            Budget = parsed.GetValue(Budget) is { } budget ? AxisReader.Duration("--budget", budget) : null,
        };
        bool isLoad = parsed.GetValue(Saturate) || parsed.GetValue(Rate) is not null;
        bool areTrialsGiven = parsed.GetResult(Trials) is { Implicit: false };
        policy = areTrialsGiven ? policy : policy with { Trials = policy.Budget is not null ? TrialsMaxOfBudget : isLoad ? TrialsUnderLoad : policy.Trials };
        BroadcastGrid grid = BroadcastGridReader.Read(Text(parsed), seed);
        outputs.Check(grid.Inputs);
        if (isLoad)
        {
            CheckLoad(grid, parsed.GetValue(Saturate));
        }

        double? rate = parsed.GetValue(Rate) is { } given ? AxisReader.PerSecond("--rate", given) : null;
        var load = isLoad ? new BroadcastLoadComparison(grid, seed, rate) : null;
        var comparison = isLoad ? null : new BroadcastComparison(grid, seed, parsed.GetValue(RunExact));
        int cells = comparison?.Cells ?? load!.Cells;
        string journal = parsed.GetValue(Resume) ?? FinishedCells.PathFor(outputs.First, CommandLine.Of(parsed, "headroom compare broadcast"));
        using CancellationTokenRegistration interrupted = cancellation.Register(Shell.TellsWhatIsFinished);
        using var progress = new ProgressDisplay();
        var options = new RunOptions
        {
            Policy = policy,
            Threads = Math.Clamp(parsed.GetValue(Threads), 1, 64),
            Clock = TimeProvider.System,
            Command = CommandLine.Of(parsed, "headroom compare broadcast", SeedOption),
            Journal = journal,
            OnPlanned = (experiments, finished, time) => ComparisonWords.SayPlan((cells, grid.Protocols.Count, grid.Networks.Count), policy, experiments, finished, time, journal),
            OnProgress = p => progress.Update("compare", p.ShareDone, $"{p.Finished} of {p.Experiments} done; {p.Doing}"),
        };
        ComparisonResult result = comparison is not null ? BroadcastComparisonRun.Run(comparison, options, cancellation) : BroadcastComparisonRun.Run(load!, options, cancellation);
        progress.Dispose();
        outputs.Write(result, grid.Inputs);
        if (result.WasInterrupted)
        {
            Console.Error.WriteLine($"interrupted; {result.Cells.Count()} of {cells} cells are finished and kept in {journal}; the same command goes on from there");
            return ExitCode.Interrupted;
        }

        FinishedCells.RemoveDefault(parsed.GetValue(Resume), journal);
        return result.Violations.Any() ? ExitCode.BoundViolated : ExitCode.Done;
    }

    private static void CheckLoad(BroadcastGrid grid, bool saturates)
    {
        if (grid.Networks.Any(network => network.Setting.HasFaults))
        {
            throw AxisReader.Wrong("--faults", "they strike at moments of one broadcast: leave them out with --rate and --saturate");
        }

        if (saturates && grid.Networks.Any(network => network.Setting.Network.QueueBytesMax is not null))
        {
            throw AxisReader.Wrong("--queue", "saturation shows in queues that grow, and this one drops instead: leave it out with --saturate (--rate shows what is delivered)");
        }
    }

    private static BroadcastGridText Text(ParseResult parsed)
    {
        var text = new BroadcastGridText
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
            Faults = parsed.GetValue(Faults),
        };
        return Links.Add(parsed, text);
    }

    private static Option<string> Axis(string name, string description, string usual) => new(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "LIST" };

    /// <summary>Where the result goes.</summary>
    private sealed record Outputs(bool JsonToOutput, string? JsonFile, string? CsvFile, string? ReportFile)
    {
        public string? First => JsonFile ?? CsvFile ?? ReportFile;

        public void Check(IReadOnlyList<string> inputs)
        {
            string[] files = [.. new[] { JsonFile, CsvFile, ReportFile }.OfType<string>()];
            if (files.Select(WholeFile.Resolve).Distinct().Count() < files.Length)
            {
                throw new InputException(new Mark(files[0], 0, 0), "is named for two outputs; each needs a file of its own");
            }

            foreach (string file in new[] { JsonFile, CsvFile }.OfType<string>())
            {
                WholeFile.Check(file, inputs);
            }

            if (ReportFile is not null)
            {
                ReportWriter.Check(ReportFile, inputs);
            }
        }

        public void Write(ComparisonResult result, IReadOnlyList<string> inputs)
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

            if (ReportFile is not null)
            {
                ReportWriter.Write(ReportFile, ComparisonPage.Of(result), inputs);
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
            foreach ((string what, string? file) in new[] { ("json", JsonFile), ("csv", CsvFile), ("report", ReportFile) })
            {
                if (file is not null)
                {
                    say.WriteLine($"{what}: {file}");
                }
            }
        }
    }
}
