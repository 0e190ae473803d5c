using Headroom.Information.Models;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>What one of two separate encoders must send at least.</summary>
internal static class SlepianWolfCorner
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.slepian-wolf-corner",
        Title = "Slepian-Wolf: one rate when the other source is known",
        Side = Side.Floor,
        Unit = Units.BitPerSymbol,
        Parameters = [BoundParameter.Matrix("joint", "joint probabilities of X (rows) and Y (columns)", 0, 1)],
        Statement = "The encoder of X needs R1 >= H(X|Y), however much is sent of Y, and even if only the decoder knows Y.",
        Formula = "H(X|Y) = H(X,Y) - H(Y)",
        Regime = "Expected bits per symbol of X in the limit of long blocks; pairs independent of one another with the given joint law; lossless; the decoder "
            + "knows Y, the encoder need not.",
        AppearsIn = "delta transfer, deduplicating backup, rsync-like synchronisation",
        MeansForYou = "The floor of an update is what the old copy does not tell of the new one, and the sender need not hold the old copy.",
        Citation = new Citation("slepian1973", "admissible rate region, also [cover2006] Theorem 15.4.1"),
        Evaluator = arguments => JointEntropy.Problem(arguments.Matrix("joint")) is { } problem
            ? BoundValue.Outside(problem)
            : BoundValue.Of(JointEntropy.OfRowsGivenColumns(arguments.Matrix("joint"))),
        Examples =
        [
            new(new BoundArguments { { "joint", [[0.125, 0.0625, 0.03125, 0.03125], [0.0625, 0.125, 0.03125, 0.03125], [0.0625, 0.0625, 0.0625, 0.0625], [0.25, 0, 0, 0]] } }, 13.0 / 8, "[cover2006] Example 2.2.1: H(Y|X) = 13/8 bits, rows and columns in their order there"),
        ],
        Attained = new Attainment("X equal to Y: nothing is sent", new BoundArguments { { "joint", [[0.5, 0], [0, 0.5]] } }, () => 0),
    };
}
