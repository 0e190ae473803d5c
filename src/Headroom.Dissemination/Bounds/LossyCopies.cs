using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>Loss is paid for by sending again.</summary>
internal static class LossyCopies
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.lossy-copies",
        Title = "Copies for each delivery under loss",
        Side = Side.Floor,
        Unit = Unit.Ratio("copies/delivery"),
        Parameters = [BoundParameter.Number("loss", "probability that a copy is lost on its way", max: 1)],
        Statement = "Where each copy is lost with probability p, the expected copies sent are at least 1/(1-p) times the expected deliveries.",
        Formula = "1 / (1 - p)",
        Regime = "Expected payload copies sent over expected deliveries (members reached, the origin not counted), unicast and uncoded; each copy lost "
            + "independently with probability p, which the sender cannot sense beforehand. Every protocol, with or without acknowledgements.",
        AppearsIn = "lossy links: wide-area gossip, radio, UDP without forward error correction",
        MeansForYou = "At 1 % loss even a perfect protocol sends 1.0101 copies for each delivery; no acknowledgement scheme goes below.",
        Citation = new Citation("cover2006", "Section 7.1.5"),
        Evaluator = arguments => arguments["loss"] >= 1 ? BoundValue.Unlimited : BoundValue.Of(1 / (1 - arguments["loss"])),
        Examples =
        [
            new(new BoundArguments { ["loss"] = 0.25 }, 1 / 0.75, "[cover2006] Section 7.1.5: retransmission gets through at the rate 1 - alpha"),
            new(new BoundArguments { ["loss"] = 0 }, 1, "[cover2006] Section 7.1.5 at alpha = 0"),
            new(new BoundArguments { ["loss"] = 1 }, BoundValue.Unlimited, "[cover2006] Section 7.1.5 at alpha = 1"),
        ],
        Attained = new Attainment("sending again until it arrives: sum of k p^(k-1) (1-p)", new BoundArguments { ["loss"] = 0.1 }, SendingAgain),
    };

    private static double SendingAgain()
    {
        double sends = 0;
        double reached = 0.9;
        for (int k = 1; k < 60; k++, reached *= 0.1)
        {
            sends += k * reached;
        }

        return sends;
    }
}
