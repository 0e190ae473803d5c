using Headroom.Information.Models;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>Separate encoders lose nothing in sum.</summary>
internal static class SlepianWolfSum
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.slepian-wolf-sum",
        Title = "Slepian-Wolf: sum of two rates",
        Side = Side.Floor,
        Unit = Units.BitPerSymbol,
        Parameters = [BoundParameter.Matrix("joint", "joint probabilities of X (rows) and Y (columns)", 0, 1)],
        Statement = "Two sources coded for one decoder need R1 + R2 >= H(X,Y) together, whether or not the encoders talk.",
        Formula = "H(X,Y)",
        Regime = "Expected bits per pair in the limit of long blocks; pairs independent of one another with the given joint law; lossless; both descriptions "
            + "reach one decoder.",
        AppearsIn = "replicas that send similar state to one collector; sensor networks; file synchronisation",
        MeansForYou = "Correlated senders could save what they share without talking to each other: only the decoder needs both.",
        Citation = new Citation("slepian1973", "admissible rate region, also [cover2006] Theorem 15.4.1"),
        Evaluator = arguments => JointEntropy.Problem(arguments.Matrix("joint")) is { } problem
            ? BoundValue.Outside(problem)
            : BoundValue.Of(JointEntropy.Of(arguments.Matrix("joint"))),
        Examples =
        [
            new(new BoundArguments { { "joint", [[0.125, 0.0625, 0.03125, 0.03125], [0.0625, 0.125, 0.03125, 0.03125], [0.0625, 0.0625, 0.0625, 0.0625], [0.25, 0, 0, 0]] } }, 27.0 / 8, "[cover2006] Example 2.2.1: H(X,Y) = 27/8 bits"),
        ],
        Attained = new Attainment("Y a copy of a fair bit X: X sent in one bit, nothing sent for Y", new BoundArguments { { "joint", [[0.5, 0], [0, 0.5]] } }, () => 1 + 0),
    };
}
