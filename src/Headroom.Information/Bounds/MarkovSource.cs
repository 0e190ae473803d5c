using Headroom.Information.Models;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>Shannon's floor for sources with memory.</summary>
internal static class MarkovSource
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.markov-source",
        Title = "Source coding: entropy rate of a Markov source",
        Side = Side.Floor,
        Unit = Units.BitPerSymbol,
        Parameters = [BoundParameter.Matrix("transitions", "probability of the next symbol (column) after each symbol (row)", 0, 1)],
        Statement = "The expected bits per symbol of any lossless code of a stationary Markov source are at least its entropy rate.",
        Formula = "sum over i of mu_i H(row i), mu the stationary distribution",
        Regime = "Expected bits per symbol, blocks of any length, uniquely decodable; first-order chain started in its only stationary distribution; the law is known.",
        AppearsIn = "state machines, command streams, event logs with few kinds",
        MeansForYou = "Memory lowers the floor: what usually follows what is worth more than how often it comes.",
        Citation = new Citation("cover2006", "Section 4.2 with Theorem 5.4.2"),
        Evaluator = arguments => Evaluate(arguments.Matrix("transitions")),
        Examples =
        [
            new(new BoundArguments { { "transitions", [[0.9, 0.1], [0.3, 0.7]] } }, ((0.3 * 0.4689956) + (0.1 * 0.8812909)) / 0.4,
                "[cover2006] Section 4.2, two states: (beta h(alpha) + alpha h(beta))/(alpha + beta) with h(0.1) and h(0.3) to seven digits") { RelativeTolerance = 2e-7 },
            new(new BoundArguments { { "transitions", [[0.89, 0.11], [0.11, 0.89]] } }, 0.4999160, "[cover2006] Section 4.2, two states with alpha = beta: h(0.11)") { RelativeTolerance = 2e-7 },
        ],
        Attained = new Attainment("a fair coin sent as it is", new BoundArguments { { "transitions", [[0.5, 0.5], [0.5, 0.5]] } }, () => 1),
    };

    private static BoundValue Evaluate(double[][] transitions) =>
        transitions.Length != transitions[0].Length ? BoundValue.Outside("the matrix is not square")
        : ShannonEntropy.Problem(transitions) is { } problem ? BoundValue.Outside(problem)
        : MarkovChain.EntropyRate(transitions) is { } rate ? BoundValue.Of(rate)
        : BoundValue.Outside("the chain has more than one closed class, so its long run depends on where it starts");
}
