using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>One line sends one copy at a time.</summary>
internal static class Postal
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.postal",
        Title = "Time to inform n members over lines of finite speed",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters =
        [
            BoundParameter.Integer("members", "members to have the payload, the origin among them", min: 1, max: 1e15),
            BoundParameter.Number("latency", "least of the minimum latencies of all links", max: 1e15, unit: Unit.Second),
            BoundParameter.Number("serialisation", "time that one copy with its headers occupies its sender's line", max: 1e15, unit: Unit.Second),
        ],
        Statement = "If a line sends one whole copy in s and it is there L later, at most 1 + sum over h of C(floor((t - h L)/s), h) members have it by time t.",
        Formula = "least t with 1 + sum_{h>=1} C(floor((t - h L)/s), h) >= n; L for s = 0",
        Regime = "Time from the request to the n-th member; every member has one line that sends one copy at a time, whole (not in chunks, uncoded, unicast), and forwards "
            + "only what it has taken in whole; every link takes at least L after the copy's last bit; all lines alike; any knowledge, any faults, any jitter above L.",
        AppearsIn = "configuration push, model and image distribution, collectives of message-passing libraries",
        MeansForYou = "Flooding from one line to thousands waits for that line; a tree in which every receiver sends on is as fast as can be.",
        Citation = new Citation("karp1993", "optimal broadcast of a single item"),
        Evaluator = arguments => BoundValue.Of(Time(arguments["members"], arguments["latency"], arguments["serialisation"])),
        Examples =
        [
            new(new BoundArguments { ["members"] = 8, ["latency"] = 6, ["serialisation"] = 4 }, 24, "[culler1993] figure 3: P = 8, L = 6, g = 4, o = 2: the last value is received at 24") { RelativeTolerance = 1e-9 },
            new(new BoundArguments { ["members"] = 1024, ["latency"] = 0, ["serialisation"] = 1 }, 10, "[barnoy1994] section 1 with one round a copy: ceil(log2 n)") { RelativeTolerance = 1e-9 },
        ],
        Attained = new Attainment("every member that has it keeps sending: arrivals of L = 40, s = 1 and n = 100 followed one by one",
            new BoundArguments { ["members"] = 100, ["latency"] = 40, ["serialisation"] = 1 }, KeepSending),
    };

    internal static double Time(double members, double latency, double serialisation)
    {
        if (members <= 1)
        {
            return 0;
        }

        if (serialisation <= 0)
        {
            return latency;
        }

        double low = 0;
        double high = serialisation + latency;
        while (Informed(high, latency, serialisation, members) < members)
        {
            low = high;
            high *= 2;
        }

        // To the last bit but three: the floor may end a rounding early, never late.
        for (double middle = 0.5 * (low + high); high - low > 1e-15 * high && middle > low && middle < high; middle = 0.5 * (low + high))
        {
            (low, high) = Informed(middle, latency, serialisation, members) < members ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>
    /// Members informed by time t, counted up to a cap. A member at depth h is there after a copies' time on lines (a at least h: one for
    /// each step, the others for elder siblings) and h latencies; C(a-1, h-1) members have the same a and h, and these sum to C(A, h).
    /// </summary>
    private static double Informed(double t, double latency, double serialisation, double cap)
    {
        double informed = 1;
        for (int h = 1; informed < cap; h++)
        {
            double slots = Math.Floor(((t - (h * latency)) / serialisation) * (1 + 1e-12));
            if (slots < h)
            {
                break;
            }

            informed += Binomial(slots, h, cap);
        }

        return informed;
    }

    /// <summary>C(n, k), or the cap where it is far above it: the factors C(n - k + i, i) on the way never fall.</summary>
    private static double Binomial(double n, int k, double cap)
    {
        double product = 1;
        for (int i = 1; i <= k; i++)
        {
            product = product * (n - k + i) / i;
            if (product > 4 * cap)
            {
                return cap;
            }
        }

        return Math.Floor(product + 0.5);
    }

    private static double KeepSending()
    {
        // Arrival times in order; each arrival opens a new sender.
        var next = new SortedSet<(int At, int Sender)> { (41, 0) };
        int informed = 1;
        while (true)
        {
            (int at, int sender) = next.Min;
            next.Remove(next.Min);
            informed++;
            if (informed == 100)
            {
                return at;
            }

            next.Add((at + 1, sender));
            next.Add((at + 41, informed));
        }
    }
}
