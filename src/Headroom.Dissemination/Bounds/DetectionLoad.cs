using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>Certainty under loss is paid for in messages.</summary>
internal static class DetectionLoad
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.detection-load",
        Title = "Messages that a sure and timely detector needs",
        Side = Side.Floor,
        Unit = Unit.Ratio("messages/member"),
        Parameters =
        [
            BoundParameter.Number("mistake", "probability that a live member is declared dead within the detection time", min: 1e-300, max: 1),
            BoundParameter.Number("loss", "probability that a message is lost, each by itself", max: 1),
        ],
        Statement = "A detector in which some live member notices every crash within T for sure, and which errs on a live member within T with probability at most PM, "
            + "must in the worst case send n log(PM)/log(p) messages within T among n members, p the loss: log(PM)/log(p) for each.",
        Formula = "log(PM) / log(p)",
        Regime = "Worst-case messages a member within one detection time T. Detectors whose completeness and speed T are deterministic; n much greater than 1; each message lost "
            + "independently with probability p; PM much smaller than p (at most p here). Detectors that notice within T only with some probability may send fewer.",
        AppearsIn = "failure detectors, cluster membership, health checks over lossy networks",
        MeansForYou = "Halving the mistakes' exponent halves the messages; heartbeats of all to all send n - 1 a period instead.",
        Citation = new Citation("gupta2001", "theorem 1"),
        Evaluator = Evaluate,
        Examples =
        [
            new(new BoundArguments { ["mistake"] = 1e-6, ["loss"] = 0.01 }, 3, "[gupta2001] theorem 1 with PM = p^3: L* T / n = 3") { RelativeTolerance = 1e-9 },
            new(new BoundArguments { ["mistake"] = 0.5, ["loss"] = 0.25 }, BoundValue.Outside("the theorem speaks of mistakes rarer than losses"), "[gupta2001] theorem 1: PM(T) << p_ml"),
            new(new BoundArguments { ["mistake"] = 0.5, ["loss"] = 0 }, BoundValue.Outside("without loss one message settles it"), "[gupta2001] theorem 1: p_ml > 0"),
        ],
        Attained = new Attainment("three messages of which each is lost with probability a tenth", new BoundArguments { ["mistake"] = 0.1 * 0.1 * 0.1, ["loss"] = 0.1 }, AllLost),
    };

    private static BoundValue Evaluate(BoundArguments arguments)
    {
        double loss = arguments["loss"];
        double mistake = arguments["mistake"];
        return loss == 0 ? BoundValue.Outside("without loss one message settles it")
            : loss >= 1 ? BoundValue.Unlimited
            : mistake > loss ? BoundValue.Outside("the theorem speaks of mistakes rarer than losses")
            : BoundValue.Of(Elementary.Log(mistake) / Elementary.Log(loss));
    }

    /// <summary>The fewest messages that are all lost with probability 0.001 or less.</summary>
    private static double AllLost()
    {
        int messages = 0;
        for (double allLost = 1; allLost > 0.1 * 0.1 * 0.1 * (1 + 1e-9); allLost *= 0.1)
        {
            messages++;
        }

        return messages;
    }
}
