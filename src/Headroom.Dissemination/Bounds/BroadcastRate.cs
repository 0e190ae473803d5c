using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>A line takes in no more than it carries.</summary>
internal static class BroadcastRate
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.broadcast-rate",
        Title = "Broadcasts a second that members can take in",
        Side = Side.Ceiling,
        Unit = Unit.PerSecond,
        Parameters =
        [
            BoundParameter.Number("bandwidth", "bits a second that the slowest line of a member takes in, the only origin's left out", max: 1e30, unit: Unit.BitPerSecond),
            BoundParameter.Number("entropy", "entropy of a payload given what the member knows already", max: 1e30, unit: Unit.Bit),
            BoundParameter.Number("share", "share of the payloads that this member does not make itself: 1 where all come from another", min: 1e-15, max: 1) with { Default = 1 },
        ],
        Statement = "If every member is to know every payload, each of entropy H, at most B / (H q) payloads a second can be broadcast for ever over lines that take in B bits a second, q the share that a member does not make itself.",
        Formula = "B / (H q)",
        Regime = "Long-run rate of broadcasts that reach every member, payloads independent of each other and unpredictable to receivers; point-to-point lines; any coding, any "
            + "protocol, headers not counted; what is sent tells its own end, timing and silence tell nothing. n members that take turns as the origin take in q = (n - 1)/n each. The origin's own line may bind sooner: it carries every copy that the protocol has it send.",
        AppearsIn = "market data, feeds, state machine replication, block propagation",
        MeansForYou = "Who sends f copies of each payload from one line has an f-th of this rate; a protocol that spreads the copies over all lines comes near it.",
        Citation = new Citation("cover2006", "Theorem 15.10.1"),
        Evaluator = arguments => arguments["bandwidth"] / (arguments["entropy"] * arguments["share"]) is var rate && double.IsFinite(rate) ? BoundValue.Of(rate) : BoundValue.Unlimited,
        Examples =
        [
            new(new BoundArguments { ["bandwidth"] = 1, ["entropy"] = 2 }, 0.5, "[cover2006] Example 1.1.2 (the winner among eight horses: 2 bits) over a noiseless binary channel (section 7.1.1: 1 bit a use)"),
            new(new BoundArguments { ["bandwidth"] = 1, ["entropy"] = 2, ["share"] = 0.5 }, 1, "[cover2006] Theorem 15.10.1 for two members that take turns: half of the bits cross each line"),
            new(new BoundArguments { ["bandwidth"] = 1, ["entropy"] = 0 }, BoundValue.Unlimited, "[cover2006] Theorem 15.10.1 where nothing need be told"),
        ],
        Attained = new Attainment("payloads of 1,000 bits back to back into a line of 1 Mbit/s, counted bit by bit for a second",
            new BoundArguments { ["bandwidth"] = 1_000_000, ["entropy"] = 1000 }, BackToBack),
    };

    private static double BackToBack()
    {
        int whole = 0;
        int bits = 0;
        for (int bit = 0; bit < 1_000_000; bit++)
        {
            bits++;
            if (bits == 1000)
            {
                whole++;
                bits = 0;
            }
        }

        return whole;
    }
}
