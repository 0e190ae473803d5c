namespace Headroom.Simulation.Networks;

/// <summary>Members in regions: everybody reaches everybody, at a latency between the two regions.</summary>
public sealed partial class Topology
{
    /// <summary>As many as two bytes tell apart.</summary>
    public const int RegionsMax = 1 << 16;

    private ushort[] _regions = [];
    private long[] _regionalNs = [];

    /// <summary>How many regions there are; 1 where nobody told any.</summary>
    public int RegionCount { get; private init; } = 1;

    /// <summary>True when all links have the same minimum latency because the topology is complete and has no regions.</summary>
    public bool IsUniform => IsComplete && _regions.Length == 0;

    /// <summary>
    /// Everybody reaches everybody; the minimum latency from a member to another is that from its region to the other's (within a region: the diagonal).
    /// Stores two bytes a member and the matrix.
    /// </summary>
    /// <param name="regionOf">The region of each member, from 0.</param>
    /// <param name="latenciesNs">Row: from; column: to.</param>
    public static Topology Regions(ReadOnlySpan<int> regionOf, long[,] latenciesNs)
    {
        ArgumentNullException.ThrowIfNull(latenciesNs);
        ArgumentOutOfRangeException.ThrowIfZero(regionOf.Length, nameof(regionOf));
        int regions = latenciesNs.GetLength(0);
        if (regions == 0 || regions > RegionsMax || regions != latenciesNs.GetLength(1))
        {
            throw new ArgumentException($"a square matrix of 1 to {RegionsMax} regions is expected; it is {regions} by {latenciesNs.GetLength(1)}", nameof(latenciesNs));
        }

        var ofMember = new ushort[regionOf.Length];
        for (int member = 0; member < ofMember.Length; member++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)regionOf[member], (uint)regions, nameof(regionOf));
            ofMember[member] = (ushort)regionOf[member];
        }

        var flat = new long[regions * regions];
        for (int i = 0; i < flat.Length; i++)
        {
            flat[i] = latenciesNs[i / regions, i % regions];
            ArgumentOutOfRangeException.ThrowIfNegative(flat[i], nameof(latenciesNs));
        }

        return new Topology(ofMember.Length, [], [], [], 0) { RegionCount = regions, _regions = ofMember, _regionalNs = flat };
    }

    /// <summary>The region of a member; 0 where nobody told any.</summary>
    public int RegionOf(int member)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)member, (uint)Members);
        return _regions.Length == 0 ? 0 : _regions[member];
    }

    /// <summary>The least minimum latency of all links; 0 where there is none. O(links), O(members + regions^2) when complete.</summary>
    public long LeastLatencyNs => Latencies().Least;

    /// <summary>The greatest minimum latency of all links; 0 where there is none. O(links), O(members + regions^2) when complete.</summary>
    public long GreatestLatencyNs => Latencies().Greatest;

    private long RegionalNs(int from, int to) => _regionalNs[(_regions[from] * RegionCount) + _regions[to]];

    private (long Least, long Greatest) Latencies()
    {
        if (Links == 0)
        {
            return (0, 0);
        }

        if (_latenciesNs.Length > 0)
        {
            return (_latenciesNs.Min(), _latenciesNs.Max());
        }

        if (_regions.Length == 0)
        {
            return (_uniformNs, _uniformNs);
        }

        var counts = new int[RegionCount];
        foreach (ushort region in _regions)
        {
            counts[region]++;
        }

        long least = long.MaxValue;
        long greatest = 0;
        for (int i = 0; i < _regionalNs.Length; i++)
        {
            (int from, int to) = (i / RegionCount, i % RegionCount);
            if (counts[from] > 0 && counts[to] > (from == to ? 1 : 0))
            {
                least = Math.Min(least, _regionalNs[i]);
                greatest = Math.Max(greatest, _regionalNs[i]);
            }
        }

        return (least, greatest);
    }
}
