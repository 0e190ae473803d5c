using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>A timestamp must have passed everywhere before anybody is told of it.</summary>
internal static class CommitWait
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.commit-wait",
        Title = "Commit wait",
        Side = Side.Floor,
        Unit = Unit.Millisecond,
        Parameters =
        [
            BoundParameter.Number("uncertainty", "mean uncertainty of clocks (half the interval) at the moments of the choice and of the answer", max: 1e12, unit: Unit.Millisecond),
            BoundParameter.Number("overlap", "mean time from the choice to when the answer could go out anyway (replication)", max: 1e12, unit: Unit.Millisecond) with { Default = 0 },
        ],
        Statement = "If timestamps that servers choose from clock intervals alone are to order transactions as real time does, then on average at least twice the mean uncertainty passes between choosing a timestamp and telling of the commit.",
        Formula = "expected wait beyond the overlap >= max(0, 2 e - overlap)",
        Regime = "Expected wait of a read-write transaction. Clocks are right within plus or minus e, and any true offset within it is possible on any server; servers share one rule from interval to timestamp, and nothing passes between the servers of two "
            + "transactions when the one begins after the other was answered. Not so, and cheaper: timestamps of one oracle, tokens that clients carry, reads that wait or restart instead (then order holds for what they read only), no order in real time.",
        AppearsIn = "Spanner's TrueTime, YugabyteDB's and CockroachDB's global tables",
        MeansForYou = "Better clocks buy latency up to the time that replication takes anyway; past that they buy nothing.",
        Citation = new Citation("corbett2013", "on read-write transactions: the expected wait is at least twice the mean uncertainty"),
        Evaluator = arguments => BoundValue.Of(Math.Max(0, (2 * arguments["uncertainty"]) - arguments["overlap"])),
        Examples =
        [
            new(new BoundArguments { ["uncertainty"] = 4 }, 8, "[corbett2013]: the mean uncertainty is 4 ms most of the time; twice that is the expected wait"),
            new(new BoundArguments { ["uncertainty"] = 4, ["overlap"] = 9 }, 0, "[corbett2013]: the wait is typically overlapped with Paxos communication, of about 9 ms in its microbenchmarks"),
        ],
        Attained = new Attainment("a clock at its middle: latest = t + e at the choice, earliest = t - e passes it 2 e later", new BoundArguments { ["uncertainty"] = 7 }, Middle),
    };

    private static double Middle()
    {
        const double Timestamp = 100 + 7;
        double at = 100;
        while (at - 7 < Timestamp)
        {
            at += 0.5;
        }

        return at - 100;
    }
}
