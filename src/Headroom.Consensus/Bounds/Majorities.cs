namespace Headroom.Consensus.Bounds;

/// <summary>Counts, by looking at sets of members one by one.</summary>
internal static class Majorities
{
    /// <summary>The least n for which all sets of n - f members meet pairwise.</summary>
    public static double LeastMembers(int crashes)
    {
        for (int n = crashes + 1; ; n++)
        {
            int[] alive = [.. Enumerable.Range(0, 1 << n).Where(set => int.PopCount(set) == n - crashes)];
            if (alive.All(one => alive.All(other => (one & other) != 0)))
            {
                return n;
            }
        }
    }
}
