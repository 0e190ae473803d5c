using Headroom.Dissemination.Models;
using Headroom.Dissemination.Plumtree;
using Headroom.Dissemination.Protocols;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Findings;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// What Plumtree costs on L directed links (n d over full active views of d). The first broadcast floods: L - (n-1) payloads, and a PRUNE for each of the
/// L - 2(n-1) that come too many. A settled one sends n - 1 payloads and L - 2(n-1) announcements. Exact on a given connected topology without faults
/// (the settled one also without jitter, for a payload that is late is asked for); over views, which are nearly full, an approximation.
/// </summary>
internal static class PlumtreeTheory
{
    /// <summary>Latencies until a member asks, and until it asks another.</summary>
    public const int FirstTimeoutLatencies = 5;

    public const int NextTimeoutLatencies = 4;

    private const int StepsPerLatency = 10;
    private const int StepsMax = 1500;

    public static CostCases? Of(BroadcastMetric metric, BroadcastSetting setting, int activeView, bool isFirst)
    {
        NetworkOptions network = setting.EffectiveNetwork;
        if (metric == BroadcastMetric.Latency || (metric == BroadcastMetric.Rounds && setting.InRounds && network.Topology.IsComplete))
        {
            return Latency(setting, activeView, isFirst);
        }

        if (setting.Failures > 0 || network.Bursts is not null || network.Duplication > 0 || setting.Members < 2)
        {
            return null;
        }

        double members = setting.Members;
        bool isGiven = !network.Topology.IsComplete;
        if (isGiven && BreadthFirst.Eccentricity(network.Topology.Graph!, setting.Origin) is null)
        {
            return null;
        }

        double degree = Math.Min(activeView, members - 1);
        double links = isGiven ? network.Topology.Links : members * degree;
        double edges = members - 1;
        double spare = Math.Max(0, links - (2 * edges));
        bool isExact = isGiven && network.Loss == 0 && (isFirst || network.Jitter.IsNone);
        double copyBytes = network.Packets.WireBytes(PlumtreeHead.GossipBytes(setting.PayloadBytes));
        double controlBytes = network.Packets.WireBytes(WireFrame.Length(isFirst ? 1 : PlumtreeHead.IHaveLength(1), 0));
        // What is lost on a tree link is sent again by somebody.
        double copies = (isFirst ? edges + spare : edges) / (isFirst ? 1 : 1 - network.Loss);
        // Where copies are lost some members may be missed, and cost nothing.
        double least = network.Loss > 0 ? 0 : edges;
        return metric switch
        {
            BroadcastMetric.Payloads => new CostCases(least, copies, links, isExact),
            BroadcastMetric.Messages => new CostCases(least, copies + spare, 2 * links, isExact),
            BroadcastMetric.Bytes => new CostCases(least * copyBytes, (copies * copyBytes) + (spare * controlBytes), (links * copyBytes) + (links * controlBytes), isExact),
            BroadcastMetric.Hops when !isGiven && degree > 2 => Depth(members, degree),
            BroadcastMetric.Delivered when network.Loss == 0 => new CostCases(1, 1, 0, isGiven),
            _ => null,
        };
    }

    /// <summary>
    /// Best: the depth at which a tree of degree d holds n members, 1 + d ((d-1)^k - 1)/(d-2) >= n. Average: the diameter of a random d-regular graph,
    /// log_{d-1}(n ln n) to leading order [bollobas1982]. Worst: a line.
    /// </summary>
    private static CostCases Depth(double members, double degree)
    {
        int best = LeastDepth(members, degree);
        double average = Elementary.Log(Math.Max(2, members * Elementary.Log(members))) / Elementary.Log(degree - 1);
        return new CostCases(best, Math.Max(best, average), members - 1);
    }

    /// <summary>
    /// The first broadcast floods the views; on a given topology without faults it takes shortest paths. A settled one runs down the tree that earlier floods left, of about their
    /// depths: the last of all paths, each a sum of jitters of its own. Below a link or a parent that fails members ask an announcer after the first time-out, and the
    /// next one after each further. Nobody has noticed the dead; who has dead neighbours alone is not reached.
    /// </summary>
    private static CostCases? Latency(BroadcastSetting setting, int activeView, bool isFirst)
    {
        NetworkOptions network = setting.EffectiveNetwork;
        if (!network.Topology.IsComplete)
        {
            return setting.Failures > 0 || network.Loss > 0 || network.Bursts is not null || !(isFirst || network.Jitter.IsNone) ? null
                : new FloodingTheory(setting, echo: false).Of(BroadcastMetric.Latency) is { } flood ? flood with { IsExact = false } : null;
        }

        if (setting.Live < 2 || network.Bursts is not null)
        {
            return null;
        }

        double live = setting.Live;
        double kept = 1 - network.Loss;
        int others = setting.Members - 1;
        double comes = kept * (live - 1) / others;
        var degrees = new double[Math.Min(activeView, others) + 1];
        degrees[^1] = 1;
        int perLatency = setting.InRounds ? 1 : StepsPerLatency;
        (double stepNs, DelayLaw hop) = Costs.Grid(setting, perLatency, StepsMax);
        // Time is in seconds, rounds in rounds.
        double unit = setting.InRounds ? 1 : 1e9;
        var spread = new EdgeFlood(degrees, live, comes, isFirst ? hop : DelayLaw.Certain(1), StepsMax);
        double missing = live * spread.Curve.Missed;
        double best = (setting.InRounds ? 1 : Costs.OneCopySeconds(setting)) * LeastDepth(live, Math.Max(2, degrees.Length - 1.0));
        if (isFirst)
        {
            double last = spread.Curve.LastStep(live) * stepNs / unit;
            return new CostCases(best, setting.InRounds ? last : TheoryCases.IfAllReached(Math.Max(best, last), missing), double.PositiveInfinity);
        }

        double time = SettledSteps(spread.Curve, live, kept, comes, hop, perLatency) * stepNs / unit;
        return new CostCases(best, setting.InRounds ? time : TheoryCases.IfAllReached(Math.Max(best, time), missing), double.PositiveInfinity);
    }

    /// <summary>Mean of the last of all members, each after as many hops as its depth in the flood, or, where one of them failed, after time-outs.</summary>
    private static double SettledSteps(SpreadCurve flood, double live, double kept, double comes, DelayLaw hop, int perLatency)
    {
        var all = new double[StepsMax];
        Array.Fill(all, 1);
        var path = DelayLaw.Certain(0);
        double comesSoFar = 1;
        for (int depth = 1; depth < flood.Missing.Count && flood.Missing[depth - 1] - flood.Missed > 0.01 / live; depth++)
        {
            path = path.Plus(hop, StepsMax);
            comesSoFar *= comes;
            double there = live * (flood.Missing[depth - 1] - flood.Missing[depth]);
            // An announcement takes a hop more; a question and its answer two.
            DelayLaw asked = path.Plus(hop, StepsMax).Plus(hop, StepsMax).Plus(hop, StepsMax)
                .Repeated(1 - (kept * kept), NextTimeoutLatencies * perLatency, 8, StepsMax);
            double inTime = 0;
            double late = 0;
            for (int t = 0; t < StepsMax && there > 1e-12; t++)
            {
                inTime += t < path.Mass.Length ? path.Mass[t] : 0;
                int since = t - (FirstTimeoutLatencies * perLatency);
                late += since >= 0 && since < asked.Mass.Length ? asked.Mass[since] : 0;
                all[t] *= Elementary.Pow((comesSoFar * inTime) + ((1 - comesSoFar) * late), there);
            }
        }

        return TreeCompletion.Mean(all);
    }

    private static int LeastDepth(double members, double degree)
    {
        int depth = 0;
        double within = 1;
        for (double layer = degree; within < members; layer *= Math.Max(1, degree - 1))
        {
            within += layer;
            depth++;
        }

        return depth;
    }
}
