using Headroom.Dissemination.Bounds;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;
using Headroom.Lab.Maelstrom;
using Headroom.Lab.Maelstrom.Workloads;

namespace Headroom.Audit.NodePrograms;

/// <summary>
/// Puts the floors of dissemination beside what <see cref="MaelstromHost"/> measured. Copies: one for each node reached beside the origin, scaled by
/// the mix of operations; it speaks of messages only while each carries one payload. Time: the origin's farthest node in links, each at the least
/// latency that can be drawn. Stable latency is sampled by reads, which may all come late: the floor does not speak of it.
/// </summary>
public static class ProgramRows
{
    public static IReadOnlyList<(string Name, double Quantile)> Quantiles { get; } = [("min", 0), ("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1)];

    private static readonly Unit Milliseconds = Unit.Parse("ms");

    public static IReadOnlyList<ProgramRow> Of(MaelstromResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var rows = new List<ProgramRow>();
        if (result.OperationsInvoked == 0)
        {
            return rows;
        }

        Bound? copies = result.Spread is { PayloadsShown: > 0 } ? DisseminationBounds.Copies : null;
        rows.Add(new ProgramRow("messages-per-op", "messages between servers over operations, reads among them (Maelstrom's msgs-per-op)", result.ServerMessagesPerOperation,
            Unit.Count("messages"), copies, OfMessages(result, result.OperationsInvoked)));
        if (result.Spread is { Payloads: > 0 } spread)
        {
            rows.Add(new ProgramRow("messages-per-broadcast", "messages between servers over broadcasts", (double)result.ServerMessages.Sent / spread.Payloads,
                Unit.Count("messages"), copies, OfMessages(result, spread.Payloads)));
            rows.Add(new ProgramRow("copies-per-broadcast", "payload copies in messages between servers over broadcasts", (double)spread.Copies / spread.Payloads,
                Unit.Count("copies"), copies, copies is null ? null : OfCopies(spread, spread.Payloads)));
            AddTimes(rows, result, spread);
        }

        return rows;
    }

    /// <summary>The floor on copies, for each of so many operations.</summary>
    private static BoundValue OfCopies(SpreadMeasure spread, long operations)
    {
        double floor = DisseminationBounds.Copies.Evaluate(new BoundArguments { ["delivered"] = spread.MeanMembersReached }).Number!.Value * spread.PayloadsShown;
        return spread.Copies < floor
            ? BoundValue.Outside($"the nodes show values in {floor:0} places beside their origins, and the router read {spread.Copies} copies: values travel encoded, abbreviated or by another way")
            : BoundValue.Of(floor / operations);
    }

    private static BoundValue? OfMessages(MaelstromResult result, long operations) => result.Spread switch
    {
        null or { PayloadsShown: 0 } => null,
        { PayloadsPerMessageMax: > 1 } spread => BoundValue.Outside($"up to {spread.PayloadsPerMessageMax} payloads travel in one message; copies have the floor"),
        { } spread => OfCopies(spread, operations),
    };

    private static void AddTimes(List<ProgramRow> rows, MaelstromResult result, SpreadMeasure spread)
    {
        if (spread.Timings.Count > 0)
        {
            double[] measured = [.. spread.Timings.Select(t => t.LatencyMs ?? double.PositiveInfinity).Order()];
            double[] floors = [.. spread.Timings.Select(t => LatencyFloorMs(t.EccentricityHops, result.Options.Latency.MinimumNs)).Order()];
            foreach ((string name, double q) in Quantiles)
            {
                // Each value has its own floor, so the ordered values have the ordered floors.
                rows.Add(new ProgramRow($"time-to-last-node-{name}", "from the request until the router has handed the payload to every node", SetCheck.Quantile(measured, q),
                    Milliseconds, DisseminationBounds.Latency, BoundValue.Of(SetCheck.Quantile(floors, q))));
            }
        }

        if (result.Check.Set is { StableLatenciesMs.Count: > 0 } set)
        {
            foreach ((string name, double q) in Quantiles)
            {
                rows.Add(new ProgramRow($"stable-latency-{name}", "from the acknowledgement until no later read misses the value (Maelstrom's stable-latencies)",
                    SetCheck.Quantile(set.StableLatenciesMs, q), Milliseconds, null, null));
            }
        }
    }

    private static double LatencyFloorMs(int hops, long latencyNs) => DisseminationBounds.Latency.Evaluate(new BoundArguments
    {
        ["eccentricity"] = DisseminationBounds.CausalDepth.Evaluate(new BoundArguments { ["eccentricity"] = hops }).Number!.Value * latencyNs / 1e9,
        ["hops"] = hops,
    }).Number!.Value * 1e3;
}
