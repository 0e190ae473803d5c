using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Studies.Store;
using Headroom.Coding.Durability;
using Headroom.Coding.Erasure;
using Headroom.Coding.Models;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Comparisons.Codes;

/// <summary>Compares codes in one system: what they store, move and lose by two models, how reads and writes fare, and what it costs.</summary>
public sealed class CodeComparison : IComparison
{
    public const string Subject = "codes";

    private readonly CodeGrid _grid;
    private readonly Seed _seed;
    private readonly List<(StoreOption Option, Experiment? Losses)> _cells = [];

    /// <param name="grid">What is to be compared.</param>
    /// <param name="seed">Every draw comes from it.</param>
    public CodeComparison(CodeGrid grid, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(grid);
        (_grid, _seed) = (grid, seed);
        Seed own = seed.Named("compare").Named(Subject);
        foreach (ErasureCode code in grid.Codes)
        {
            RepairContention? contention = StoreTrials.Contention(grid.Input, CodeShape.Of(code), grid.Input.For(code), own);
            StoreOption option = StoreSearch.Evaluate(grid.Input, code, grid.Prices, contention);
            _cells.Add((option, StoreTrials.NotSimulated(grid.Input, option) is null ? Losses(option, own) : null));
        }
    }

    public IReadOnlyList<Experiment> Experiments => [.. _cells.Select(cell => cell.Losses).OfType<Experiment>()];

    public int Cells => _cells.Count;

    public string Nouns => "codes";

    public ComparisonResult Result(IReadOnlyDictionary<string, ExperimentResult> results, string command, bool wasInterrupted, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(results);
        int rows = Math.Max(1, Cells * CodeMetrics.All.Count);
        (StoreOption Option, ComparisonCell Cell)[] cells = [.. _cells.Where(cell => cell.Losses is null || results.ContainsKey(cell.Losses.Key))
            .Select(cell => (cell.Option, new CodeCellRows(_grid, cell.Option, cell.Losses is null ? null : results[cell.Losses.Key], rows).Cell()))];
        Recommendation? advice = cells.Length == 0 ? null : Advice([.. cells.Select(cell => cell.Option)]);
        return new ComparisonResult
        {
            Subject = Subject,
            Seed = _seed,
            Command = command,
            Axes = [("code", "")],
            Metrics = CodeMetrics.All,
            Groups = cells.Length == 0 ? [] : [new ComparisonGroup { Setting = _grid.Setting, Cells = [.. cells.Select(cell => cell.Cell)], Recommendation = advice }],
            Exhibits = cells.Length == 0 ? [] : CodePlots.Of(_grid.Setting, [.. cells.Select(cell => cell.Cell)], _grid.Codes[0].Name, advice?.Strategy),
            Notes = [.. Notes(), .. notes],
            WasInterrupted = wasInterrupted,
        };
    }

    public IComparison? Confirmation(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        HashSet<string> codes = [.. result.Cells.Where(cell => cell.Rows.Any(row => row.IsViolated)).Select(cell => cell.Strategy)];
        return codes.Count == 0 ? null : new CodeComparison(_grid with { Codes = [.. _grid.Codes.Where(code => codes.Contains(code.Name))] }, _seed.Named("confirmation"));
    }

    private Experiment Losses(StoreOption option, Seed seed) => new()
    {
        Key = $"codes {_grid.Setting} {option.Code} seed {seed}",
        Doing = $"{option.Code}: rare losses",
        Work = 1e5,
        Judged = [CodeMetrics.Loss],
        Prepare = () =>
        {
            RareLossTrials trials = StoreTrials.Of(_grid.Input, option, seed);
            return (index, cancellation) => new Trial { Values = [(CodeMetrics.Loss, trials.Trial(index, cancellation))] };
        },
    };

    /// <summary>The cheapest, or where prices are missing the smallest, of those that survive as much as the first and lose no more often.</summary>
    private Recommendation? Advice(StoreOption[] options)
    {
        StoreOption? first = options.FirstOrDefault(option => option.Code.Name == _grid.Codes[0].Name);
        if (first is null)
        {
            return null;
        }

        bool priced = options.All(option => option.Money is not null);
        double Cost(StoreOption option) => priced ? option.Money!.DollarsPerYear : option.Code.Overhead;
        StoreOption best = options.Where(option => option.Durability.YearlyLoss <= first.Durability.YearlyLoss && option.Code.FailuresSurvived >= first.Code.FailuresSurvived).MinBy(Cost) ?? first;
        return new Recommendation(best.Code.Name,
            $"least {(priced ? "cost" : "stored")} of those that survive as many failures as {first.Code} and lose no more often, by the chain",
            $"stores {N(best.Code.Overhead)}, moves {N(best.Shape.RepairSent)} per byte rebuilt, loses {N(best.Durability.YearlyLoss)} a year",
            best == first ? "nothing against the others here"
                : $"a degraded read of {N(1000 * StoreReads.MeanSeconds(_grid.Input, best))} ms against {N(1000 * StoreReads.MeanSeconds(_grid.Input, first))}, small writes of {N(best.SmallWrite)} bytes per byte against {N(first.SmallWrite)}");
    }

    private IEnumerable<string> Notes()
    {
        yield return "A degraded read waits for the slowest of the nodes that it reads at once (lognormal, independent), then for bytes by the narrower of a node's and the reader's line.";
        yield return "The chain takes the share of time in each number of failed nodes; importance splitting follows single nodes with a fixed detection and transfers that share the bandwidth, and asks of each failure with what probability it is fatal over the random placement.";
        foreach ((StoreOption option, Experiment? losses) in _cells)
        {
            if (losses is null)
            {
                yield return $"{option.Code}: rare losses were not simulated: {StoreTrials.NotSimulated(_grid.Input, option)}.";
            }

            if (option.Contention is { } contention)
            {
                yield return $"{option.Code}: the repair of a node takes {StoreTrials.Words(contention)}; both models use the simulated time.";
            }
        }
    }

    private static string N(double value) => Print.Significant(value, 3);
}
