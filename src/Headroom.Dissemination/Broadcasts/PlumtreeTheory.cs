using Headroom.Dissemination.Plumtree;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Arithmetic;
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
    public static CostCases? Of(BroadcastMetric metric, BroadcastSetting setting, int activeView, bool isFirst)
    {
        NetworkOptions network = setting.EffectiveNetwork;
        if (setting.Failures > 0 || network.Bursts is not null || network.Duplication > 0 || setting.Members < 2)
        {
            return null;
        }

        double members = setting.Members;
        bool isGiven = !network.Topology.IsComplete;
        double degree = Math.Min(activeView, members - 1);
        double links = isGiven ? network.Topology.Links : members * degree;
        double edges = members - 1;
        double spare = Math.Max(0, links - (2 * edges));
        bool isExact = isGiven && network.Loss == 0 && (isFirst || network.Jitter.IsNone);
        double copyBytes = network.Packets.WireBytes(PlumtreeHead.GossipBytes(setting.PayloadBytes));
        double controlBytes = network.Packets.WireBytes(WireFrame.Length(isFirst ? 1 : PlumtreeHead.IHaveLength(1), 0));
        // What is lost on a tree link is sent again by somebody.
        double copies = (isFirst ? edges + spare : edges) / (isFirst ? 1 : 1 - network.Loss);
        return metric switch
        {
            BroadcastMetric.Payloads => new CostCases(edges, copies, links, isExact),
            BroadcastMetric.Messages => new CostCases(edges, copies + spare, 2 * links, isExact),
            BroadcastMetric.Bytes => new CostCases(edges * copyBytes, (copies * copyBytes) + (spare * controlBytes), (links * copyBytes) + (links * controlBytes), isExact),
            BroadcastMetric.Hops or BroadcastMetric.Rounds when !isGiven && degree > 2 => Depth(members, degree),
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
        int best = 0;
        double within = 1;
        for (double layer = degree; within < members; layer *= degree - 1)
        {
            within += layer;
            best++;
        }

        double average = Elementary.Log(Math.Max(2, members * Elementary.Log(members))) / Elementary.Log(degree - 1);
        return new CostCases(best, Math.Max(best, average), members - 1);
    }
}
