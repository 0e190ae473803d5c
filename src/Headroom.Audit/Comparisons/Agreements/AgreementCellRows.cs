using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>The rows of one way of agreeing in one setting: theory, what was measured, and the floors in their regimes.</summary>
internal sealed class AgreementCellRows
{
    private readonly AgreementCellPlan _plan;
    private readonly AgreementLimits _limits;
    private readonly RowJudge _judge;
    private readonly ExperimentResult? _inTime;
    private readonly ExperimentResult? _inDelays;

    /// <param name="plan">The cell.</param>
    /// <param name="results">What was finished.</param>
    /// <param name="rowsInAll">How many rows are judged.</param>
    public AgreementCellRows(AgreementCellPlan plan, IReadOnlyDictionary<string, ExperimentResult> results, int rowsInAll)
    {
        _plan = plan;
        _limits = new AgreementLimits(plan.Strategy, plan.Case.Setting);
        _judge = new RowJudge(plan.Strategy.Name, rowsInAll);
        _inTime = plan.InTime is null ? null : results.GetValueOrDefault(plan.InTime.Key);
        _inDelays = plan.InDelays is null ? null : results.GetValueOrDefault(plan.InDelays.Key);
    }

    public bool IsFinished => _inTime is not null && _inDelays is not null;

    private bool IsRead => _plan.Case.IsRead;

    public ComparisonCell Cell()
    {
        IReadOnlyList<Coordinate> coordinates = _plan.Case.Coordinates(_plan.Strategy);
        return new ComparisonCell
        {
            Strategy = _plan.Strategy.Name,
            Coordinates = coordinates,
            Rows = [.. AgreementMetrics.All.Select(metric => Row(coordinates, metric.Metric, metric.Name, metric.Unit))],
            Further = Further(),
            Curve = _inTime!.Curve,
        };
    }

    private ComparisonRow Row(IReadOnlyList<Coordinate> coordinates, AgreementMetric metric, string name, string unit)
    {
        CostCases? theory = AgreementTheory.Of(_plan.Strategy, metric, _plan.Case);
        ExperimentResult runs = metric == AgreementMetric.Rounds ? _inDelays! : _inTime!;
        Measured measured = RowJudge.MeasuredOf(runs, name, metric == AgreementMetric.Answered);
        return new ComparisonRow
        {
            Coordinates = coordinates,
            Trials = runs.Trials,
            Metric = name,
            Unit = unit,
            Theory = theory is { } cases ? new TheoryCases(cases.Best, cases.Average, cases.Worst) : null,
            Measured = measured,
            Method = Method.Simulated,
            Floor = Floor(metric, runs, measured),
        };
    }

    private RowFloor Floor(AgreementMetric metric, ExperimentResult runs, Measured measured)
    {
        switch (metric)
        {
            case AgreementMetric.Messages:
                Limit messages = _limits.Messages(IsRead, runs.Mean("apart"));
                return _judge.Paired(messages, messages.Value.Number!.Value, runs.Of("messages"), [.. runs.Of("apart").Select(apart => _limits.Messages(IsRead, apart).Value.Number!.Value)]);
            case AgreementMetric.Bytes:
                // What was never answered may never have gone out.
                Limit bytes = _limits.Bytes(IsRead);
                double each = bytes.Value.Number!.Value;
                return _judge.Paired(bytes, each * runs.Mean("answered"), runs.Of("bytes"), [.. runs.Of("answered").Select(answered => each * answered)]);
            case AgreementMetric.Rounds:
                return _judge.Judged(_limits.Rounds(IsRead), runs, "rounds", measured);
            case AgreementMetric.Latency:
                Limit latency = _limits.Latency(IsRead);
                return double.IsFinite(measured.Mean) ? _judge.Judged(latency, runs, "latency", measured) : new RowFloor(latency.Id, latency.Value.Number, Verdict.Open, "some operation is never answered");
            default:
                return RowFloor.None("a share answered has a ceiling, 1, and no floor");
        }
    }

    private List<(string Name, string Unit, double? Value, string Meaning)> Further()
    {
        PooledQuantiles? latency = _inTime!.PooledOf("latency");
        int value = _plan.Case.Setting.Load.ValueBytes;
        return
        [
            ("latencyP50", "s", latency?.P50, "time until half of all operations of all runs are answered"),
            ("latencyP90", "s", latency?.P90, "the same for 90 %"),
            ("latencyP999", "s", latency?.P999, "the same for 99.9 %"),
            ("silence", "s", _inTime.Mean("silence"), "the longest time without an answer in a run, mean over runs"),
            ("busiestServerBytes", "B", _inTime.Mean("busiest"), "bytes that the busiest server sends, for each operation"),
            ("overheadFactor", "B/B", _inTime.Mean("bytes") / value, "bytes on the wire over the bytes of the value"),
            ("events", "events", _inTime.Mean("events"), "events of a run of the simulator, settling and warming up included"),
            ("holders", "servers", _plan.Strategy.Holders(_plan.Case.Setting.Servers), "servers that hold a write when it is answered, at least"),
            ("crashesSurvived", "servers", _plan.Strategy.CrashesSurvived(_plan.Case.Setting.Servers), "crashed servers with which writes still go on"),
            ("membersFloor", "servers", _limits.Members()?.Value.Number, "the least servers that survive so many crashes (consensus.crash-members, consensus.register-members); null where a registrar is trusted to stay up"),
        ];
    }
}
