using System.Globalization;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Report;
using Headroom.Coding.Erasure;
using Headroom.Coding.Repairs;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Comparisons.Repairs;

/// <summary>Compares how soon codes have a lost shard back over lines of several speeds: processes on simulated time, through which the encoded bytes themselves travel.</summary>
public sealed class RepairComparison : IComparison
{
    public const string Subject = "repairs";

    private static readonly Unit BitsPerSecond = Unit.Parse("bit/s");

    private readonly RepairGrid _grid;
    private readonly Seed _seed;
    private readonly List<RepairCell> _cells = [];

    /// <param name="grid">What is to be compared.</param>
    /// <param name="seed">The bytes come from it.</param>
    /// <param name="time">For rates that are measured.</param>
    public RepairComparison(RepairGrid grid, Seed seed, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(time);
        (_grid, _seed) = (grid, seed);
        foreach (ErasureCode code in grid.Codes)
        {
            ShardRepairOptions options = Options(code, 1e9);
            ComputeRates rates = grid.ComputeBytesPerSecond.Count > 0 ? ComputeRates.Stated(grid, code) : ComputeRates.Measured(options, time);
            options = options with { RebuildBytesPerSecond = rates.Rebuild, MessageBytesPerSecond = rates.Message };
            var stripes = new Lazy<ShardStripes>(() => new ShardStripes(options, seed.Named("compare").Named(Subject).Named(code.Name)));
            _cells.AddRange(grid.NetworksBps.Select(network => CellOf(options with { BandwidthBps = network }, stripes)));
        }
    }

    public IReadOnlyList<Experiment> Experiments => [.. _cells.Select(cell => cell.Run)];

    public int Cells => _cells.Count;

    public string Nouns => "codes";

    public ComparisonResult Result(IReadOnlyDictionary<string, ExperimentResult> results, string command, bool wasInterrupted, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(results);
        int rows = Math.Max(1, Cells * RepairMetrics.All.Count);
        ComparisonGroup[] groups =
        [
            .. _grid.NetworksBps.Select(network => Group(network, [.. _cells.Where(cell => cell.Options.BandwidthBps.Equals(network) && results.ContainsKey(cell.Run.Key))
                .Select(cell => RepairCellRows.Of(cell, results[cell.Run.Key], rows))])).Where(group => group.Cells.Count > 0),
        ];
        return new ComparisonResult
        {
            Subject = Subject,
            Seed = _seed,
            Command = command,
            Axes = [("code", ""), ("network", "bit/s")],
            Metrics = RepairMetrics.All,
            Groups = groups,
            Notes = [.. Notes(groups), .. notes],
            Exhibits = [Exhibit(groups)],
            WasInterrupted = wasInterrupted,
        };
    }

    /// <summary>Nothing is drawn but the bytes: a fresh seed would give the same times.</summary>
    public IComparison? Confirmation(ComparisonResult result) => null;

    internal static string Speed(double bps) => double.IsPositiveInfinity(bps) ? "infinite speed" : new Quantity(bps, BitsPerSecond).ToHumanString();

    private ShardRepairOptions Options(ErasureCode code, double bps) => new()
    {
        Code = code,
        ShardBytes = _grid.ShardBytes,
        BandwidthBps = bps,
        LatencyNs = _grid.LatencyNs,
        DiskBytesPerSecond = _grid.DiskBytesPerSecond,
        SeekSeconds = _grid.SeekSeconds,
    };

    private RepairCell CellOf(ShardRepairOptions options, Lazy<ShardStripes> stripes)
    {
        string R(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        var run = new Experiment
        {
            Key = $"repair {options.Code} {_grid.Setting} network {R(options.BandwidthBps)} computing {R(options.RebuildBytesPerSecond)} {R(options.MessageBytesPerSecond)} seed {_seed}",
            Doing = $"{options.Code} over {Speed(options.BandwidthBps)}",
            Work = Math.Max(1, options.ShardBytes * ShardLoad.PlanOf(options).SentPerLostByte / 1000),
            TrialsMax = 1,
            Prepare = () => (index, cancellation) =>
            {
                ShardRepairOutcome outcome = SimulatedShardRepair.Run(options, stripes.Value, _seed, cancellation);
                return new Trial
                {
                    Values =
                    [
                        (RepairMetrics.Time, outcome.Seconds), (RepairMetrics.Received, (double)outcome.ReceivedBytes / outcome.RebuiltBytes),
                        (RepairMetrics.Line, outcome.LineSeconds), (RepairMetrics.Disk, outcome.DiskSeconds), (RepairMetrics.Processor, outcome.ProcessorSeconds),
                    ],
                };
            },
        };
        return new RepairCell(options, run);
    }

    private ComparisonGroup Group(double network, ComparisonCell[] cells)
    {
        static double Seconds(ComparisonCell cell) => cell.Row(RepairMetrics.Time)!.Measured!.Value.Mean;
        ComparisonCell[] ranked = [.. cells.OrderBy(Seconds)];
        ComparisonCell? least = cells.MinBy(cell => cell.FurtherOf("stored"));
        return new ComparisonGroup
        {
            Setting = $"links of {Speed(network)}, {_grid.Setting}",
            Cells = cells,
            Recommendation = ranked.Length < 2 ? null : new Recommendation(ranked[0].Strategy, "the least time to repair",
                $"{Time(Seconds(ranked[0]))}, against {Time(Seconds(ranked[1]))} of {ranked[1].Strategy}",
                least!.FurtherOf("stored") >= ranked[0].FurtherOf("stored") ? "nothing in storage against the others here"
                    : $"storage: {N(ranked[0].FurtherOf("stored")!.Value)} bytes per byte against {N(least.FurtherOf("stored")!.Value)} of {least.Strategy}"),
        };
    }

    private IEnumerable<string> Notes(ComparisonGroup[] groups)
    {
        yield return $"A newcomer rebuilds the first shard in blocks, {new ShardRepairOptions { Code = _grid.Codes[0], ShardBytes = 1, BandwidthBps = 1 }.Window} of them under way: helpers read what the code's plan asks for, send it over TCP's packets, and every block was compared with the lost one. "
            + "theory: best where lines, disks and processors overlap wholly, worst where nothing does.";
        if (_grid.ComputeBytesPerSecond.Count == 0)
        {
            yield return "Computing was measured on this machine: " + string.Join(", ", _cells.DistinctBy(cell => cell.Options.Code).Select(cell => $"{cell.Options.Code} {new Quantity(cell.Options.RebuildBytesPerSecond, Unit.Parse("B/s")).ToHumanString()} rebuilt"
                + (double.IsFinite(cell.Options.MessageBytesPerSecond) ? $" ({new Quantity(cell.Options.MessageBytesPerSecond, Unit.Parse("B/s")).ToHumanString()} read at a helper)" : ""))) + ". Times depend on it, and so on the machine.";
        }

        foreach (RepairCell cell in _cells.DistinctBy(cell => cell.Options.Code))
        {
            (double bps, string then) = cell.Crossing();
            yield return double.IsPositiveInfinity(bps) ? $"{cell.Options.Code}: the line is the bottleneck at every speed."
                : $"{cell.Options.Code}: the line is the bottleneck up to {Speed(bps)}, the {then} from there on.";
        }

        foreach ((string reedSolomon, string clay) in Pairs())
        {
            string[] ahead = [.. groups.Where(group => SecondsOf(group, clay) < SecondsOf(group, reedSolomon)).Select(Ratio)];
            string[] behind = [.. groups.Where(group => SecondsOf(group, clay) >= SecondsOf(group, reedSolomon)).Select(Ratio)];
            yield return $"{clay} takes of the time of {reedSolomon} " + string.Join(", ", ahead.Concat(behind)) + ".";

            string Ratio(ComparisonGroup group) => $"{N(SecondsOf(group, clay)!.Value / SecondsOf(group, reedSolomon)!.Value)} at {Speed(group.Cells[0].Coordinates[1].Number!.Value)}";
        }
    }

    /// <summary>Codes of the same n and k, one Reed-Solomon and one Clay.</summary>
    private IEnumerable<(string ReedSolomon, string Clay)> Pairs() =>
        from clay in _grid.Codes.OfType<ClayCode>()
        from plain in _grid.Codes.OfType<ReedSolomonCode>()
        where clay.TotalShards == plain.TotalShards && clay.DataShards == plain.DataShards
        select (plain.Name, clay.Name);

    private static double? SecondsOf(ComparisonGroup group, string code) => group.Cells.FirstOrDefault(cell => cell.Strategy == code)?.Row(RepairMetrics.Time)!.Measured!.Value.Mean;

    private static LineExhibit Exhibit(ComparisonGroup[] groups) => new("Time to repair a shard", "By the speed of the nodes' lines, as simulated; where a curve is flat, disks or processors decide.",
        new Report.Axis("network", "bit/s", IsLog: true), new Report.Axis(RepairMetrics.Time, "s", IsLog: true),
        [.. groups.SelectMany(group => group.Cells).GroupBy(cell => cell.Strategy).Select(cells => new LineSeries(cells.Key,
            [.. cells.Where(cell => double.IsFinite(cell.Coordinates[1].Number!.Value)).Select(cell => (cell.Coordinates[1].Number!.Value, cell.Row(RepairMetrics.Time)!.Measured!.Value.Mean)).Order()]))]);

    private static string Time(double seconds) => new Quantity(seconds, Unit.Second).ToHumanString();

    private static string N(double value) => Print.Significant(value, 3);
}
