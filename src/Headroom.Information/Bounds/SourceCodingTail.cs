using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>Barron's lemma: how probable it is that a code beats the ideal length on the message that the source happens to produce.</summary>
internal static class SourceCodingTail
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.source-coding-tail",
        Title = "Source coding: one message beats the ideal length by c bits",
        Side = Side.Ceiling,
        Unit = Units.Probability,
        Parameters = [BoundParameter.Number("c", "bits saved below -log2 P(x)", unit: Kernel.Quantities.Unit.Bit)],
        Statement = "For every source P and every uniquely decodable code, P(length(X) <= -log2 P(X) - c) <= 2^-c.",
        Formula = "2^-c",
        Regime = "One message (or a whole stream taken as one) drawn from the known distribution P; any uniquely decodable lossless code, with or without memory of its own; "
            + "everything the receiver needs to delimit and decode it is counted.",
        AppearsIn = "judging a codec on a source whose law is known: this is how Headroom's own codecs are tested",
        MeansForYou = "A saving of 40 bits below the ideal length happens once in 10^12 messages: seen more often, the bytes are miscounted.",
        Citation = new Citation("barron1985", "Lemma of competitive optimality; see also [cover2006] Section 5.10"),
        Evaluator = arguments => BoundValue.Of(Elementary.Exp(-arguments["c"] * Elementary.Log(2))),
        Examples =
        [
            new(new BoundArguments { ["c"] = 0 }, 1, "[barron1985]: 2^0"),
            new(new BoundArguments { ["c"] = 10 }, 1.0 / 1024, "[barron1985]: 2^-10"),
        ],
        Attained = new Attainment("the prefix code 0, 10, 110, 111 on (1/2, 1/4, 1/8, 1/8): every word has its ideal length", new BoundArguments { ["c"] = 0 },
            () => 0.5 + 0.25 + 0.125 + 0.125),
    };
}
