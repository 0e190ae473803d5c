using System.CommandLine;
using Headroom.Audit.Comparisons;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Cli.Rendering;
using Headroom.Kernel.Randomness;

namespace Headroom.Cli.Commands;

/// <summary>How any comparison is run, whatever it compares: trials, budget, seed, threads, and where the results go.</summary>
internal sealed class ComparisonOptions(string command, int trials)
{
    private const int TrialsMaxOfBudget = 10_000;

    private readonly Option<string> _trials = new("--trials") { Description = "runs of each cell; with --budget the most", DefaultValueFactory = _ => $"{trials}", HelpName = "N" };
    private readonly Option<string?> _budget = new("--budget") { Description = "as many runs as it takes until intervals are within 1 % or this time is over: 5m", HelpName = "TIME" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "the seed of every simulated number", DefaultValueFactory = _ => AuditCommand.DefaultSeed };
    private readonly Option<int> _threads = new("--threads") { Description = "runs side by side; results do not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<string?> _csv = new("--csv") { Description = "the rows as CSV", HelpName = "FILE" };
    private readonly Option<string?> _report = new("--report") { Description = "the plots and every number as one HTML file", HelpName = "FILE" };
    private readonly Option<string?> _resume = new("--resume") { Description = "where finished cells are kept and found again; beside the output by default", HelpName = "FILE" };
    private readonly JsonOption _json = new();

    public void AddTo(Command parent)
    {
        foreach (Option option in new Option[] { _trials, _budget, _seed, _threads, _csv, _report, _resume })
        {
            parent.Options.Add(option);
        }

        _json.AddTo(parent);
    }

    public Seed SeedOf(ParseResult parsed) => new(parsed.GetValue(_seed));

    /// <param name="parsed">What was typed.</param>
    /// <param name="usual">Trials where none are typed; null for the command's own number.</param>
    public TrialPolicy Policy(ParseResult parsed, int? usual = null)
    {
        var policy = new TrialPolicy
        {
            Trials = (int)AxisReader.Counts("--trials", parsed.GetValue(_trials)!, 1, 1_000_000)[0],
            Budget = parsed.GetValue(_budget) is { } budget ? AxisReader.Duration("--budget", budget) : null,
        };
        bool areTrialsGiven = parsed.GetResult(_trials) is { Implicit: false };
        return areTrialsGiven ? policy : policy with { Trials = policy.Budget is not null ? TrialsMaxOfBudget : usual ?? policy.Trials };
    }

    public ComparisonOutputs Outputs(ParseResult parsed) => new(parsed.GetValue(_json.ToOutput), parsed.GetValue(_json.ToFile), parsed.GetValue(_csv), parsed.GetValue(_report));

    /// <summary>Runs it with progress, writes the outputs, and gives the exit code.</summary>
    public int Run(ParseResult parsed, IComparison comparison, TrialPolicy policy, (int Strategies, int Settings) grid, IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        ComparisonOutputs outputs = Outputs(parsed);
        string journal = parsed.GetValue(_resume) ?? FinishedCells.PathFor(outputs.First, CommandLine.Of(parsed, command));
        using CancellationTokenRegistration interrupted = cancellation.Register(Shell.TellsWhatIsFinished);
        using var progress = new ProgressDisplay();
        var options = new RunOptions
        {
            Policy = policy,
            Threads = Math.Clamp(parsed.GetValue(_threads), 1, 64),
            Clock = TimeProvider.System,
            Command = CommandLine.Of(parsed, command, _seed),
            Journal = journal,
            OnPlanned = (experiments, finished, time) => ComparisonWords.SayPlan((comparison.Cells, grid.Strategies, comparison.Nouns, grid.Settings), policy, experiments, finished, time, journal),
            OnProgress = p => progress.Update("compare", p.ShareDone, $"{p.Finished} of {p.Experiments} done; {p.Doing}"),
        };
        ComparisonResult result = ComparisonRun.Run(comparison, options, cancellation);
        progress.Dispose();
        outputs.Write(result, inputs);
        if (result.WasInterrupted)
        {
            Console.Error.WriteLine($"interrupted; {result.Cells.Count()} of {comparison.Cells} cells are finished and kept in {journal}; the same command goes on from there");
            return ExitCode.Interrupted;
        }

        FinishedCells.RemoveDefault(parsed.GetValue(_resume), journal);
        return result.Violations.Any() ? ExitCode.BoundViolated : ExitCode.Done;
    }
}
