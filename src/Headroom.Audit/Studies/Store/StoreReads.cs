using Headroom.Coding.Bounds;
using Headroom.Coding.Models;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Store;

/// <summary>Reads of objects whose node is away.</summary>
internal static class StoreReads
{
    private const string Model = "slowest of the nodes read at once (lognormal, independent), then bytes by the narrower of a node's and the reader's line";

    public static Finding Finding(StoreInput input, StudyContext context, IReadOnlyList<StoreOption> shown)
    {
        Candidate[] candidates = [.. shown.Select(option => new Candidate(option.Code.Name, Estimate.Exact(P99(input, option), Provenance.Model(Model)))
        {
            MissedGoals = option.MissedGoals,
            Money = option.Money,
            OutsideRegime = option.Code.FailuresSurvived == 0 ? "without parity nothing is rebuilt" : null,
            Note = Note(input, option),
        })];
        double bytes = input.Sizes.Sum(size => size.Share * size.Bytes);
        Limit limit = Limit.Of(RepairFloor.Time, new BoundArguments { ["bytes"] = bytes, ["nodes"] = 1, ["bandwidth"] = input.Reading!.ReaderBytesPerSecond });
        Candidate? best = candidates.Where(c => c.MeetsGoals).MinBy(c => c.Value.Value);
        var advice = new Advice(
            best is null ? "No code tried meets every goal." : $"{best.Strategy} answers soonest with a node away: {Time(best.Value.Value)} at the 99th percentile, against {Time(candidates[0].Value.Value)} today.",
            "A read that waits for more nodes waits for the slowest of more; small objects feel that, large ones the bytes.",
            $"a model: {Model}; hedged requests and caches are not in it");
        return context.Compose(StoreKeys.DegradedRead, false, candidates[0], candidates, limit, advice);
    }

    /// <summary>Mean over the sizes of the 99th percentile; infinite where the code does not survive the loss of a node.</summary>
    public static double P99(StoreInput input, StoreOption option) => Mean(input, option, seconds => seconds.P99);

    public static double MeanSeconds(StoreInput input, StoreOption option) => Mean(input, option, seconds => seconds.Mean);

    /// <summary>Seconds of disks for one read of an object, mean over the sizes, the share of reads with a node away included.</summary>
    public static double DiskSeconds(StoreInput input, StoreOption option)
    {
        StoreReading reading = input.Reading!;
        double sum = 0;
        foreach ((double bytes, double share) in input.Sizes)
        {
            double whole = ObjectRead.Whole(option.Code, bytes, input.FixedShardBytes).DiskSeconds(reading.DiskReadsPerSecond, reading.NodeBytesPerSecond);
            double degraded = ObjectRead.Degraded(option.Code, bytes, input.FixedShardBytes)?.DiskSeconds(reading.DiskReadsPerSecond, reading.NodeBytesPerSecond) ?? whole;
            sum += share * (((1 - reading.Unavailable) * whole) + (reading.Unavailable * degraded));
        }

        return sum;
    }

    private static double Mean(StoreInput input, StoreOption option, Func<(double Mean, double P99), double> figure)
    {
        StoreReading reading = input.Reading!;
        double sum = 0;
        foreach ((double bytes, double share) in input.Sizes)
        {
            sum += ObjectRead.Degraded(option.Code, bytes, input.FixedShardBytes) is { } read
                ? share * figure(read.Seconds(reading.Latency, reading.NodeBytesPerSecond, reading.ReaderBytesPerSecond)) : double.PositiveInfinity;
        }

        return sum;
    }

    private static string Note(StoreInput input, StoreOption option)
    {
        StoreReading reading = input.Reading!;
        return string.Join("; ", input.Sizes.Select(size =>
        {
            (double _, double healthy) = ObjectRead.Whole(option.Code, size.Bytes, input.FixedShardBytes).Seconds(reading.Latency, reading.NodeBytesPerSecond, reading.ReaderBytesPerSecond);
            string text = $"{new Quantity(size.Bytes, Unit.Byte).ToHumanString()}: {Time(healthy)} from ";
            ObjectRead whole = ObjectRead.Whole(option.Code, size.Bytes, input.FixedShardBytes);
            text += $"{whole.Nodes} node{(whole.Nodes == 1 ? "" : "s")}";
            return ObjectRead.Degraded(option.Code, size.Bytes, input.FixedShardBytes) is not { } read ? text
                : $"{text}, with one away {Time(read.Seconds(reading.Latency, reading.NodeBytesPerSecond, reading.ReaderBytesPerSecond).P99)} from {read.Nodes}";
        }));
    }

    private static string Time(double seconds) => new Quantity(seconds, Unit.Second).ToHumanString();
}
