using Headroom.Information.Models;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>Capacity of any discrete memoryless channel.</summary>
internal static class DiscreteChannel
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.discrete-channel",
        Title = "Capacity of a discrete memoryless channel",
        Side = Side.Ceiling,
        Unit = Units.BitPerUse,
        Parameters = [BoundParameter.Matrix("channel", "probability of each output (column) for each input (row)", 0, 1)],
        Statement = "No code carries more than max over inputs of I(X;Y) bits per use; for every output law q, max over x of D(W(.|x) || q) is at least that.",
        Formula = "max over x of D(W(.|x) || q), q from the iteration of Blahut and Arimoto: the upper end of a certified interval",
        Regime = "Reliable bits per use in the limit of long blocks; uses independent, the law of the output given the input known; feedback does not help.",
        AppearsIn = "any link or storage cell whose error statistics were measured",
        MeansForYou = "Measure the confusion matrix of a link, and this says what no code on it can exceed.",
        Citation = new Citation("blahut1972", "Theorems 1 and 2; [arimoto1972]"),
        Evaluator = arguments => ShannonEntropy.Problem(arguments.Matrix("channel")) is { } problem
            ? BoundValue.Outside(problem)
            : BoundValue.Of(ChannelCapacity.Certify(arguments.Matrix("channel")).High),
        Examples =
        [
            new(new BoundArguments { { "channel", [[0.9, 0.1], [0.1, 0.9]] } }, 0.5310044, "1 - h(0.1), tabulated to seven digits") { RelativeTolerance = 2e-7 },
            new(new BoundArguments { { "channel", [[1, 0], [0.5, 0.5]] } }, 0.3219281, "[cover2006] Problem 7.8: log2 1.25") { RelativeTolerance = 2e-7 },
            new(new BoundArguments { { "channel", [[0.75, 0.25, 0], [0, 0.25, 0.75]] } }, 0.75, "[cover2006] Section 7.1.5: the erasure channel") { RelativeTolerance = 1e-9 },
        ],
        Attained = new Attainment("four letters heard as themselves or the next: every second one is never confused, 1 bit", new BoundArguments { { "channel", [[0.5, 0.5, 0, 0], [0, 0.5, 0.5, 0], [0, 0, 0.5, 0.5], [0.5, 0, 0, 0.5]] } }, () => 1),
    };
}
