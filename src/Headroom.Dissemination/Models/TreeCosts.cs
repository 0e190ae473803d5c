namespace Headroom.Dissemination.Models;

/// <summary>
/// A broadcast down a fixed tree in expectation, exactly: each copy is lost independently with probability p, and all but <c>live</c> of the n members
/// are dead, uniformly at random, the root spared. A member at depth d has the payload with probability
/// (1-p)^d * prod_{i&lt;d} (live-1-i)/(n-1-i): d copies came through and d members on the way, it among them, live.
/// </summary>
public static class TreeCosts
{
    /// <summary>The probability that a member at this depth lives and gets the payload.</summary>
    public static double ReachedAtDepth(int depth, int members, int live, double loss)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        double reached = 1;
        for (int i = 0; i < depth && reached > 0; i++)
        {
            reached *= (1 - loss) * Math.Max(0, live - 1 - i) / (members - 1 - i);
        }

        return reached;
    }

    /// <summary>Live members besides the root that get it.</summary>
    /// <param name="membersAtDepth">Members at each depth; one at depth 0.</param>
    /// <param name="live">How many live, the root among them.</param>
    /// <param name="loss">The probability that a copy is lost.</param>
    public static double Deliveries(ReadOnlySpan<int> membersAtDepth, int live, double loss)
    {
        int members = Sum(membersAtDepth);
        double deliveries = 0;
        for (int depth = 1; depth < membersAtDepth.Length; depth++)
        {
            deliveries += membersAtDepth[depth] * ReachedAtDepth(depth, members, live, loss);
        }

        return deliveries;
    }

    /// <summary>Copies sent: one to each member whose parent got it.</summary>
    /// <inheritdoc cref="Deliveries"/>
    public static double Copies(ReadOnlySpan<int> membersAtDepth, int live, double loss)
    {
        int members = Sum(membersAtDepth);
        double copies = 0;
        for (int depth = 1; depth < membersAtDepth.Length; depth++)
        {
            copies += membersAtDepth[depth] * ReachedAtDepth(depth - 1, members, live, loss);
        }

        return copies;
    }

    private static int Sum(ReadOnlySpan<int> counts)
    {
        int sum = 0;
        foreach (int count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
