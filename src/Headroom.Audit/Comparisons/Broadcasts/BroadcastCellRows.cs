using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>The rows of one protocol in one network: theory, what was measured, and the floors in their regimes.</summary>
internal sealed class BroadcastCellRows
{
    private const double Confidence = 0.95;

    private readonly BroadcastCellPlan _plan;
    private readonly RowJudge _judge;
    private readonly ExperimentResult? _inTime;
    private readonly ExperimentResult? _inRounds;
    private readonly ExperimentResult? _memory;

    /// <param name="plan">The cell.</param>
    /// <param name="results">What was finished.</param>
    /// <param name="rowsInAll">How many rows are judged, so that among many none is red by chance.</param>
    public BroadcastCellRows(BroadcastCellPlan plan, IReadOnlyDictionary<string, ExperimentResult> results, int rowsInAll)
    {
        _plan = plan;
        _judge = new RowJudge(plan.Strategy.Name, rowsInAll);
        _inTime = Of(plan.InTime);
        _inRounds = Of(plan.InRounds);
        _memory = Of(plan.Memory);
        IsFinished = plan.Problem is null && plan.Experiments.All(e => results.ContainsKey(e.Key));
        ExperimentResult? Of(Experiment? experiment) => experiment is null ? null : results.GetValueOrDefault(experiment.Key);
    }

    public bool IsFinished { get; }

    private BroadcastSetting Setting => _plan.Network.Setting;

    private bool IsRun => _plan.InTime is not null;

    /// <summary>Mean deliveries besides the origin: measured, or by exact arithmetic; null where neither is there.</summary>
    private double? MeanDeliveries => _inTime is { } runs ? runs.Mean("deliveries")
        : _plan.Theory(BroadcastMetric.Delivered) is { IsExact: true } share ? share.Average * (Setting.Live - 1)
        : null;

    public ComparisonCell Cell()
    {
        IReadOnlyList<Coordinate> coordinates = _plan.Network.Coordinates(_plan.Strategy);
        return new ComparisonCell
        {
            Strategy = _plan.Strategy.Name,
            Coordinates = coordinates,
            Rows = [.. BroadcastMetrics.All.Select(metric => Row(coordinates, metric.Metric, metric.Name, metric.Unit))],
            Further = Further(),
            Note = _plan.IsTooLarge ? $"about {Kernel.Quantities.Print.Prefixed(_plan.Messages)} messages a broadcast are not run one by one: {(BroadcastTheory.SteppedAside(Setting) is { } aside ? aside : "closed forms where they are exact")}"
                : IsRun ? _plan.NoRounds is { } why ? $"no rounds: {why}" : "" : "everything follows from the setting: closed forms, nothing was run",
            Curve = _inTime?.Curve ?? [],
        };
    }

    private ComparisonRow Row(IReadOnlyList<Coordinate> coordinates, BroadcastMetric metric, string name, string unit)
    {
        CostCases? theory = _plan.Theory(metric);
        ExperimentResult? runs = metric == BroadcastMetric.Rounds ? _inRounds : _inTime;
        bool hasNoRounds = metric == BroadcastMetric.Rounds && _plan.NoRounds is not null;
        Measured? measured = runs is not null ? RowJudge.MeasuredOf(runs, name, metric == BroadcastMetric.Delivered) : theory is { IsExact: true } exact ? Measured.Exactly(exact.Average, exact.Best == exact.Worst ? exact.Average : null) : null;
        return new ComparisonRow
        {
            Coordinates = coordinates,
            Trials = runs?.Trials ?? 0,
            Metric = name,
            Unit = unit,
            Theory = theory is { } cases ? new TheoryCases(cases.Best, cases.Average, cases.Worst) : null,
            Measured = measured,
            Method = runs is not null ? Method.Simulated : measured is not null ? Method.ClosedForm : Method.NotRun,
            Floor = measured is { } value ? Floor(metric, runs, value) : RowFloor.None(hasNoRounds ? _plan.NoRounds! : "nothing was measured"),
        };
    }

    private RowFloor Floor(BroadcastMetric metric, ExperimentResult? runs, Measured measured)
    {
        double deliveries = MeanDeliveries ?? 0;
        // Rounds and hops speak of the members reached: in the run that reached the fewest.
        double fewest = 1 + (metric == BroadcastMetric.Rounds && runs is not null ? runs.Of("delivered in rounds").Min() - 1
            : runs is not null ? runs.Of("deliveries").Min() : Math.Floor(deliveries + 1e-9));
        int live = Setting.HasFaults && runs is not null ? (int)runs.Of("live").Min() : Setting.Live;
        int needed = (int)Math.Max(1, metric == BroadcastMetric.Latency ? live : fewest);
        var limits = new BroadcastLimits(Setting, needed, deliveries, _plan.ContactsPerRoundMax);
        switch (metric)
        {
            case BroadcastMetric.Payloads or BroadcastMetric.Messages:
                return CopiesFloor(limits.Payloads(null), runs, measured, metric == BroadcastMetric.Payloads ? "payloads" : "messages", deliveries);
            case BroadcastMetric.Bytes:
                return CopiesFloor(limits.Bytes(null), runs, measured, "bytes", deliveries);
            case BroadcastMetric.Rounds:
                return _judge.Judged(limits.Rounds(), runs, "rounds", measured);
            case BroadcastMetric.Hops:
                return _judge.Judged(limits.Hops(), runs, "hops", measured);
            case BroadcastMetric.Latency:
                return double.IsFinite(measured.Mean)
                    ? _judge.Judged(limits.Time(), runs, "latency", measured)
                    : new RowFloor(limits.Time().Id, limits.Time().Value.Number, Verdict.Open, "some run never reaches every live member");
            default:
                return RowFloor.None("a share delivered has a ceiling, 1, and no floor");
        }
    }

    /// <summary>
    /// A floor in proportion to the deliveries of each run. The error of its difference to the cost is never less than the binomial one of the losses, which few runs may hide.
    /// </summary>
    private RowFloor CopiesFloor(Limit limit, ExperimentResult? runs, Measured measured, string name, double deliveries)
    {
        double loss = Setting.Network.Loss;
        bool isBytes = name == "bytes";
        double each = isBytes ? Setting.PayloadBytes : limit.Value.Number!.Value;
        double floor = isBytes ? limit.Value.Number!.Value : each * deliveries;
        if (runs is null)
        {
            return new RowFloor(limit.Id, floor, Gap.Judge(Estimate.Exact(measured.Mean, Provenance.Model("closed form")), BoundValue.Of(floor), Side.Floor), limit.Arguments);
        }

        // Of the copies sent a share is lost by chance; bytes are held against deliveries alone, which never exceed the copies.
        double binomial = isBytes ? 0 : each * each * loss * (1 - loss) * runs.Mean("payloads");
        return _judge.Paired(limit, floor, runs.Of(name), [.. runs.Of("deliveries").Select(reached => each * reached)], binomial);
    }

    private List<(string Name, string Unit, double? Value, string Meaning)> Further()
    {
        double? bytes = _inTime?.Mean("bytes") ?? (_plan.Theory(BroadcastMetric.Bytes) is { IsExact: true } exact ? exact.Average : null);
        double? delivered = MeanDeliveries;
        PooledQuantiles? latency = _inTime?.PooledOf("latency");
        long successes = _inTime is null ? 0 : _inTime.Of("all").LongCount(all => all == 1);
        Interval? success = _inTime is null ? null : Distributions.ProportionInterval(successes, _inTime.Trials, Confidence);
        return
        [
            ("memoryPerMember", "B", _memory?.Mean("memory"), "bytes of process state and of the tables it leads to, shared ones divided among members; without topology, payload and simulator"),
            ("overheadFactor", "B/B", bytes is { } b && delivered is > 0 ? b / (Setting.PayloadBytes * delivered.Value) : null, "bytes on the wire over payload bytes delivered"),
            ("successRate", "share", _inTime is null ? null : (double)successes / _inTime.Trials, "share of the runs in which every live member got it"),
            ("successRateLow", "share", success?.Low, "95 % interval of the success rate after Clopper and Pearson"),
            ("successRateHigh", "share", success?.High, "95 % interval of the success rate after Clopper and Pearson"),
            ("latencyP50", "s", latency?.P50, "time until half of all live members of all runs have it"),
            ("latencyP90", "s", latency?.P90, "the same for 90 %"),
            ("latencyP999", "s", latency?.P999, "the same for 99.9 %"),
            ("lastDelivery", "s", _inTime?.Mean("last delivery"), "mean time of the last delivery, members never reached left out"),
        ];
    }
}
