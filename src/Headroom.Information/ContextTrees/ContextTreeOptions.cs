namespace Headroom.Information.ContextTrees;

/// <summary>How a <see cref="ContextTree"/> predicts. Coder and decoder must agree on it.</summary>
public sealed record ContextTreeOptions
{
    /// <summary>
    /// How many bytes of context each order of the tree holds: from 0, ascending by 1 to 4, to at most 64. All of 0 … D is the method of the paper; leaving
    /// orders out makes a coarser class of trees, in less time.
    /// </summary>
    public required IReadOnlyList<int> ContextBytes { get; init; }

    /// <summary>
    /// False: the estimator of Krichevsky and Trofimov in every node, as in [willems1995]. True: half of its weight moved to the two constant
    /// sequences, a quarter each, as in [volf2002]: a node in which only one bit ever occurs costs two bits, not half a log n.
    /// </summary>
    public bool FavourConstant { get; init; } = true;

    /// <summary>
    /// Nodes after which the tree stops growing, 32 bytes each. From then on the deepest known node predicts alone: still a code, no longer the exact mixture.
    /// </summary>
    public int NodesMax { get; init; } = 3_000_000;

    /// <summary>Every order from 0 to the depth.</summary>
    public static ContextTreeOptions OfDepth(int depth) => new() { ContextBytes = [.. Enumerable.Range(0, depth + 1)] };

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(ContextBytes);
        ArgumentOutOfRangeException.ThrowIfZero(ContextBytes.Count, nameof(ContextBytes));
        ArgumentOutOfRangeException.ThrowIfNotEqual(ContextBytes[0], 0, nameof(ContextBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ContextBytes[^1], 64, nameof(ContextBytes));
        for (int k = 1; k < ContextBytes.Count; k++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(ContextBytes[k], ContextBytes[k - 1] + 1, nameof(ContextBytes));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(ContextBytes[k], ContextBytes[k - 1] + 4, nameof(ContextBytes));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(NodesMax, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(NodesMax, 1 << 23);
    }
}
