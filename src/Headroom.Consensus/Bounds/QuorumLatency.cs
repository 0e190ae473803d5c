using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>The k-th nearest member sets the pace.</summary>
internal static class QuorumLatency
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.quorum-latency",
        Title = "Time until a quorum has answered",
        Side = Side.Floor,
        Unit = Unit.Millisecond,
        Parameters =
        [
            BoundParameter.Matrix("latency", "minimum one-way latency from the row's member to the column's, in ms", max: 1e12),
            BoundParameter.Integer("quorum", "members that must hold the value, the proposer counted if it does", min: 1, max: 1e6),
            BoundParameter.Integer("leader", "number of the member that proposes, from 0; -1 for the best-placed one", min: -1, max: 1e6) with { Default = -1 },
            BoundParameter.Number("durable", "time in which any member makes the value durable", max: 1e12, unit: Unit.Millisecond) with { Default = 0 },
        ],
        Statement = "A proposer knows no earlier that k of n members hold its value durably than when the k-th fastest of these has answered: its own write, and each other member's round trip and write.",
        Formula = "k-th smallest over j of d + R(i,j), R(i,i) = 0, R(i,j) = dist(i,j) + dist(j,i), dist the shortest path in minimum latency; least over i for the best-placed",
        Regime = "Time from the proposal to the proposer's knowing, for certain; the value was nowhere else before; no upper bound on delays is known, so that silence and clocks tell nothing; any protocol, relays "
            + "by members included (hence shortest paths: measured latencies break the triangle inequality; ways round by other hosts belong in the latencies); processing takes no time. Somebody nearer than the proposer may learn it earlier, and a client that hears members directly too.",
        AppearsIn = "every replicated write: Raft, Paxos, in-sync replicas with acks of all, quorum registers",
        MeansForYou = "Place the leader where its majority is near; the farthest members cost nothing until the near ones fail.",
        Citation = new Citation("ongaro2014", "section 10.2.1: the leader writes while followers do, and its own write counts as one"),
        Evaluator = Evaluate,
        Examples =
        [
            new(Regions(2, 0), 60, "by hand from [ongaro2014] section 10.2.1: members at 30, 50 and 70 ms one way of each other, two of three from member 0: 2 * 30"),
            new(Regions(3, 0), 100, "by hand: three of three from member 0 wait for the farther one: 2 * 50"),
            new(Regions(3, -1), 100, "by hand: all three from member 0 take 100, from members 1 and 2 140: member 0 is placed best"),
        ],
        Attained = new Attainment("requests to all at once, answers taken as they come: three of five on a line of members 10 ms apart, from the middle", Line(), FromTheMiddle),
    };

    /// <summary>Round trips from a member over shortest paths, ascending, its own 0 first.</summary>
    private static double[] RoundTrips(double[][] distances, int leader)
    {
        double[] trips = [.. Enumerable.Range(0, distances.Length).Select(j => j == leader ? 0 : distances[leader][j] + distances[j][leader])];
        Array.Sort(trips);
        return trips;
    }

    private static BoundValue Evaluate(BoundArguments arguments)
    {
        double[][] latency = arguments.Matrix("latency");
        int n = latency.Length;
        int quorum = arguments.Int("quorum");
        int leader = arguments.Int("leader");
        if (latency[0].Length != n)
        {
            return BoundValue.Outside($"latencies of {n} by {latency[0].Length} members: a square matrix is expected");
        }

        if (quorum > n || leader >= n)
        {
            return BoundValue.Outside($"quorum and leader are among {n} members");
        }

        double[][] distances = ShortestPaths(latency);
        double best = double.PositiveInfinity;
        for (int i = 0; i < n; i++)
        {
            if (leader < 0 || leader == i)
            {
                best = Math.Min(best, RoundTrips(distances, i)[quorum - 1]);
            }
        }

        return BoundValue.Of(best + arguments["durable"]);
    }

    private static double[][] ShortestPaths(double[][] latency)
    {
        double[][] distances = [.. latency.Select(row => (double[])row.Clone())];
        for (int via = 0; via < distances.Length; via++)
        {
            for (int i = 0; i < distances.Length; i++)
            {
                for (int j = 0; j < distances.Length; j++)
                {
                    distances[i][j] = Math.Min(distances[i][j], distances[i][via] + distances[via][j]);
                }
            }
        }

        return distances;
    }

    private static BoundArguments Regions(int quorum, int leader) =>
        new() { { "latency", [[0, 30, 50], [30, 0, 70], [50, 70, 0]] }, { "quorum", quorum }, { "leader", leader } };

    private static BoundArguments Line() => new()
    {
        { "latency", [[0, 10, 20, 30, 40], [10, 0, 10, 20, 30], [20, 10, 0, 10, 20], [30, 20, 10, 0, 10], [40, 30, 20, 10, 0]] }, { "quorum", 3 }, { "durable", 1 },
    };

    private static double FromTheMiddle()
    {
        var answered = new PriorityQueue<int, double>();
        answered.Enqueue(2, 1);
        for (int member = 0; member < 5; member++)
        {
            if (member != 2)
            {
                double away = 10 * Math.Abs(member - 2);
                answered.Enqueue(member, away + 1 + away);
            }
        }

        double at = 0;
        for (int i = 0; i < 3; i++)
        {
            _ = answered.TryDequeue(out _, out at);
        }

        return at;
    }
}
