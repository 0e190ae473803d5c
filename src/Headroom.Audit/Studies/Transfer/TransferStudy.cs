using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Flow.Routing;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Transfer;

/// <summary>Traffic between many places over a given network: how evenly the links are used, how long the ways are, what it costs.</summary>
public sealed class TransferStudy : Study<TransferInput>
{
    private static readonly Metric Utilisation = new("utilisation", Unit.One, Side.Floor, "load over capacity of the busiest link, all demands carried");
    private static readonly Metric Latency = new("latency", Unit.Millisecond, Side.Floor, "mean sum of link delays on a carried bit's way, without queueing");
    private static readonly Metric Hops = new("hops", Unit.Count("links"), Side.Floor, "mean number of links that a carried bit crosses");

    public override KindSchema Schema { get; } = new()
    {
        Kind = "transfer",
        Summary = "a matrix of demands carried over a network: the busiest link under each routing, scarce links, money for capacity",
        Keys = TransferReader.All,
        Metrics = [Utilisation, Latency, Hops],
        Strategies = TransferStrategies.Forms,
        Example = """
            topology: backbone.graph
            demands: nightly.demands
            now: shortest-path
            goal: { utilisation: 80 % }
            """,
    };

    protected override TransferInput Read(Section activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return TransferReader.Read(activity);
    }

    protected override StudyResult Run(TransferInput input, StudyContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<StrategyCall> calls = TransferStrategies.Compared(input.Now);
        var flows = new List<CarriedFlow>();
        RoutingOutcome.Priced? priced = null;
        foreach (StrategyCall call in calls)
        {
            context.Report((double)flows.Count / (calls.Count + 1), $"routing by {call}");
            RoutingOutcome.Carried carried = TransferStrategies.Run(call, input.Graph, input.Demands, context.Cancellation);
            priced = carried as RoutingOutcome.Priced ?? priced;
            flows.Add(carried.Flow);
        }

        context.Report((double)flows.Count / (calls.Count + 1), "checking the certificate");
        var comparison = new TransferComparison(input, context, calls, flows, priced!);
        return new StudyResult
        {
            Findings = comparison.Findings(Utilisation, Latency, Hops),
            Exhibits = Exhibits(comparison),
            Notes = [.. input.Notes, .. comparison.Notes()],
        };
    }

    private static List<Exhibit> Exhibits(TransferComparison comparison)
    {
        IReadOnlyList<StrategyCall> calls = comparison.Calls;
        IReadOnlyList<CarriedFlow> flows = comparison.Flows;
        int best = comparison.Best;
        var exhibits = new List<Exhibit>
        {
            TransferExhibits.Map(
                calls[0].ToString(),
                flows[0],
                "As it is now: the busier direction of every link. Above 100 % a link is asked for more than it carries."),
        };
        if (best != 0)
        {
            exhibits.Insert(0, TransferExhibits.Map(
                calls[best].ToString(),
                flows[best],
                "The same demands, routed for the least maximum: the busier direction of every link."));
        }

        exhibits.Insert(0, TransferExhibits.Sorted(
            [.. calls.Select((call, i) => (call.ToString(), flows[i], i == 0 ? Role.Now : i == best ? Role.Best : Role.Candidate))],
            comparison.Floor));
        return exhibits;
    }
}
