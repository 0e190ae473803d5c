using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Information.Bounds;

/// <summary>Codewords use up a budget.</summary>
internal static class KraftRoom
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.kraft",
        Title = "Kraft: length of one more codeword",
        Side = Side.Floor,
        Unit = Unit.Bit,
        Parameters = [BoundParameter.Vector("lengths", "lengths of the codewords already given", 0, 1000)],
        Statement = "Lengths of a uniquely decodable binary code satisfy sum 2^-l <= 1, so one more word has at least -log2(1 - sum) bits.",
        Formula = "ceil(-log2(1 - sum 2^-l))",
        Regime = "Length in whole bits of one further codeword beside words of the given lengths; uniquely decodable binary codes.",
        AppearsIn = "adding a message type or an opcode to a wire format; escape codes",
        MeansForYou = "A format that gave all its short words away can only grow by long ones: leave an escape.",
        Citation = new Citation("cover2006", "Theorem 5.5.1"),
        Evaluator = arguments => Evaluate(arguments.Vector("lengths")),
        Examples =
        [
            new(new BoundArguments { { "lengths", [1, 2, 3] } }, 3, "[cover2006] Example 5.1.1: the code 0, 10, 110 is completed by 111"),
            new(new BoundArguments { { "lengths", [1, 2, 3, 3] } }, BoundValue.Unlimited, "[cover2006] Example 5.1.1: the code is complete"),
        ],
        Attained = new Attainment("111 beside 0, 10, 110", new BoundArguments { { "lengths", [1, 2, 3] } }, () => "111".Length),
    };

    /// <summary>Exact: the words are counted in units of the longest one's 2^-l, as whole numbers.</summary>
    private static BoundValue Evaluate(double[] lengths)
    {
        if (lengths.Any(l => l != Math.Floor(l)))
        {
            return BoundValue.Outside("a length is not a whole number of bits");
        }

        int longest = (int)lengths.Max();
        System.Numerics.BigInteger room = System.Numerics.BigInteger.One << longest;
        foreach (double length in lengths)
        {
            room -= System.Numerics.BigInteger.One << (longest - (int)length);
        }

        // The least l with 2^-l <= room / 2^longest.
        return room.Sign < 0 ? BoundValue.Outside("no uniquely decodable code has these lengths: sum 2^-l exceeds 1")
            : room.IsZero ? BoundValue.Unlimited
            : BoundValue.Of(longest - (long)(room.GetBitLength() - 1));
    }
}
