using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>What an order of delivery or a batching costs, against the same strategy without it.</summary>
internal static class BroadcastWrappers
{
    /// <summary>The strategies that the wrapped ones wrap, to be run beside them.</summary>
    public static IEnumerable<BroadcastStrategy> Inner(IEnumerable<BroadcastStrategy> strategies)
    {
        foreach (BroadcastStrategy strategy in strategies)
        {
            for (BroadcastStrategy? inner = WrapperCost.InnerOf(strategy); inner is not null; inner = WrapperCost.InnerOf(inner))
            {
                yield return inner;
            }
        }
    }

    public static IEnumerable<string> Notes(BroadcastInput input, IReadOnlyList<BroadcastRuns> runs)
    {
        foreach (BroadcastRuns wrapped in runs.Where(run => run.InTime.Count > 0))
        {
            if (runs.FirstOrDefault(run => run.InTime.Count > 0 && run.Strategy == WrapperCost.InnerOf(wrapped.Strategy)) is { } inner)
            {
                yield return WrapperCost.Words(wrapped.Strategy, Of(wrapped, input), Of(inner, input));
            }
        }
    }

    private static (double Bytes, double Messages, double Seconds) Of(BroadcastRuns runs, BroadcastInput input) => (
        runs.InTime.Average(outcome => (double)outcome.WireBytes),
        runs.InTime.Average(outcome => (double)outcome.Messages),
        runs.InTime.Average(outcome => outcome.TimeToShare(input.Goal.Delivered) is var t && t == BroadcastOutcome.Never ? double.PositiveInfinity : t / 1e9));
}
