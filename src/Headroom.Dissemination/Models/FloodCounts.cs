namespace Headroom.Dissemination.Models;

/// <summary>Payload copies of flooding, exactly, where no link loses anything.</summary>
public static class FloodCounts
{
    /// <summary>On a connected graph of so many members and undirected edges: 2E - (V - 1), with echo 2E.</summary>
    public static long OnGraph(long members, long edges, bool echo = false) => echo ? 2 * edges : (2 * edges) - (members - 1);

    /// <summary>On a connected d-regular graph: n (d - 1) + 1.</summary>
    public static long OnRegular(long members, long degree) => (members * (degree - 1)) + 1;

    /// <summary>
    /// On a complete graph of which only <paramref name="live"/> members live, unknown to each other: the origin sends n - 1 copies, every other
    /// live member n - 2 (or n - 1 with echo).
    /// </summary>
    public static long OnComplete(long members, long live, bool echo = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(live, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(live, members);
        return checked(members - 1 + ((live - 1) * (members - (echo ? 1 : 2))));
    }
}
