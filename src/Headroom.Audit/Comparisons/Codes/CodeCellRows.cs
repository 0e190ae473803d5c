using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Studies.Store;
using Headroom.Coding.Bounds;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Comparisons.Codes;

/// <summary>The rows of one code, each beside the floor of its own shape.</summary>
internal sealed class CodeCellRows
{
    private readonly CodeGrid _grid;
    private readonly StoreOption _option;
    private readonly ExperimentResult? _losses;
    private readonly RowJudge _judge;
    private readonly StoreLimits _limits;
    private readonly Coordinate[] _coordinates;

    public CodeCellRows(CodeGrid grid, StoreOption option, ExperimentResult? losses, int rowsInAll)
    {
        (_grid, _option, _losses) = (grid, option, losses);
        _judge = new RowJudge(option.Code.Name, rowsInAll);
        StoreInput own = grid.Input with { Now = option.Code, Survive = option.Code.FailuresSurvived, Width = option.Code.TotalShards, YearlyLossMax = null };
        _limits = new StoreLimits(own, grid.Prices, option);
        _coordinates = [Coordinate.Of("code", option.Code.Name)];
    }

    public ComparisonCell Cell()
    {
        double infinite = double.PositiveInfinity;
        bool repairs = _option.Code.FailuresSurvived > 0;
        double bytes = _grid.Input.Sizes.Sum(size => size.Share * size.Bytes);
        Limit read = Limit.Of(RepairFloor.Time, new BoundArguments { ["bytes"] = bytes, ["nodes"] = 1, ["bandwidth"] = _grid.Input.Reading!.ReaderBytesPerSecond });
        return new ComparisonCell
        {
            Strategy = _option.Code.Name,
            Coordinates = _coordinates,
            Rows =
            [
                Exact("stored", _option.Code.Overhead, null, _limits.Stored(), null),
                Exact("repair reads", repairs ? _option.Shape.RepairReads : infinite, null, _limits.Reads(), repairs ? null : "without parity nothing is rebuilt"),
                Exact("repair traffic", repairs ? _option.Shape.RepairSent : infinite, null, _limits.Reads(), repairs ? null : "without parity nothing is rebuilt"),
                Loss(),
                Exact("degraded read", StoreReads.MeanSeconds(_grid.Input, _option), StoreReads.P99(_grid.Input, _option), read, repairs ? null : "without parity nothing is rebuilt"),
                Exact("small write", _option.SmallWrite, null, _limits.SmallWrite(), _limits.SmallWriteOutside(_option)),
                .. _option.Money is { } money ? [Exact("cost", money.DollarsPerYear, null, null, "no theorem speaks of money")] : (ComparisonRow[])[],
            ],
            Further =
            [
                ("failuresSurvived", "shards", _option.Code.FailuresSurvived, "losses survived wherever they fall"),
                ("subshards", "parts", _option.Code.Subshards, "parts of a shard that a repair reads or leaves"),
                ("repairSeconds", "s", _option.Durability.Repair.AloneSeconds, "from a lone failure to full redundancy, detection included"),
                ("contention", "times", _option.Contention?.Factor ?? 1, "the simulated time of a repair's transfers over the closed form"),
                ("repairLoad", "share", _option.Durability.RepairLoad, "share of the repair bandwidth that failures keep busy"),
                ("distinctSets", "sets", _grid.Input.For(_option.Code).DistinctStripes(_option.Shape), "sets of nodes whose loss is a loss"),
            ],
        };
    }

    private ComparisonRow Loss()
    {
        double chain = _option.Durability.YearlyLoss;
        Measured measured = _losses is null ? Measured.Exactly(chain, null) : RowJudge.MeasuredOf(_losses, CodeMetrics.Loss, isShare: false) with { P99 = null };
        return Row(CodeMetrics.Loss, measured, new TheoryCases(chain, chain, chain), _losses is null ? Method.ClosedForm : Method.Simulated,
            _grid.Input.System.Domains.Count > 0 ? RowFloor.None("nodes of a domain are not gone independently") : _judge.Judged(_limits.Loss(), _losses, CodeMetrics.Loss, measured));
    }

    private ComparisonRow Exact(string metric, double value, double? p99, Limit? limit, string? outside)
    {
        var measured = Measured.Exactly(value, p99);
        return Row(metric, measured, null, Method.ClosedForm, outside is not null || limit is null ? RowFloor.None(outside ?? "no limit is known to us") : _judge.Judged(limit, null, metric, measured));
    }

    private ComparisonRow Row(string metric, Measured measured, TheoryCases? theory, Method method, RowFloor floor) => new()
    {
        Coordinates = _coordinates,
        Trials = method == Method.Simulated ? _losses!.Trials : 0,
        Metric = metric,
        Unit = CodeMetrics.All.First(known => known.Name == metric).Unit,
        Theory = theory,
        Measured = measured,
        Method = method,
        Floor = floor,
    };
}
