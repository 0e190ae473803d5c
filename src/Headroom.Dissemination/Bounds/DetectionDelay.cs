using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>Silence says nothing before a sign of life is due.</summary>
internal static class DetectionDelay
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.detection-delay",
        Title = "Silence says nothing before a sign is due",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters =
        [
            BoundParameter.Number("rate", "messages that a member sends in a second, all of them", min: 1e-9, max: 1e12),
            BoundParameter.Number("latency", "least time in seconds that a message takes to another member", max: 1e9),
        ],
        Statement = "Members that send r messages a second each are declared dead, after a crash at a random time, no sooner than 1/(2r) + L on average: until the next "
            + "message would have arrived the crashed member cannot be told from a live one, and the mean wait for the next of events at rate r is E[X^2]/(2 E[X]) >= E[X]/2.",
        Formula = "1 / (2 r) + L",
        Regime = "Mean time from a crash, at a time independent of the member's messages, to the first declaration by anybody. Detectors that never hold a live member for dead, "
            + "after lost messages neither (one that declares before the next message would have come holds, on the same evidence, a live member for dead), and that judge by "
            + "messages alone (no operating system or switch tells of the crash); every message the member sends counts as a sign of life.",
        AppearsIn = "heartbeats, health checks, membership, leader leases",
        MeansForYou = "To halve the delay that nobody can avoid, send twice as often; beyond it, delay is the detector's own caution.",
        Citation = new Citation("kleinrock1975", "section 5.2 (residual life)"),
        Evaluator = arguments => BoundValue.Of((0.5 / arguments["rate"]) + arguments["latency"]),
        Examples =
        [
            new(new BoundArguments { ["rate"] = 1, ["latency"] = 0 }, 0.5, "[kleinrock1975] section 5.2: mean residual life m2 / (2 m1) of intervals of one second"),
            new(new BoundArguments { ["rate"] = 0.1, ["latency"] = 0.05 }, 5.05, "[kleinrock1975] section 5.2, intervals of ten seconds, and the way"),
        ],
        Attained = new Attainment("a sign every half second and crashes at all times alike", new BoundArguments { ["rate"] = 2, ["latency"] = 0.01 }, PeriodicSigns),
    };

    private static double PeriodicSigns()
    {
        const int Crashes = 1000;
        double wait = 0;
        for (int i = 0; i < Crashes; i++)
        {
            double crash = 0.5 * (i + 0.5) / Crashes;
            wait += 0.5 - crash + 0.01;
        }

        return wait / Crashes;
    }
}
