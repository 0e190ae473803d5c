using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Regions;

/// <summary>Which member is in which region, and the members of each in ascending order. Everybody knows it.</summary>
public sealed class RegionMap
{
    private readonly int[] _regions;
    private readonly int[] _offsets;
    private readonly int[] _members;
    private readonly int[] _positions;

    /// <param name="regions">The region of each member, from 0; every region up to the last has a member.</param>
    public RegionMap(ReadOnlySpan<int> regions)
    {
        _regions = regions.ToArray();
        Count = 1 + (regions.Length == 0 ? 0 : _regions.Max());
        _offsets = new int[Count + 1];
        foreach (int region in _regions)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(region, nameof(regions));
            _offsets[region + 1]++;
        }

        for (int region = 0; region < Count; region++)
        {
            SizeMax = Math.Max(SizeMax, _offsets[region + 1]);
            _offsets[region + 1] += _offsets[region];
        }

        _members = new int[_regions.Length];
        _positions = new int[_regions.Length];
        var filled = new int[Count];
        for (int member = 0; member < _regions.Length; member++)
        {
            int region = _regions[member];
            _positions[member] = filled[region]++;
            _members[_offsets[region] + _positions[member]] = member;
        }
    }

    /// <summary>Regions.</summary>
    public int Count { get; }

    /// <summary>Members of the largest.</summary>
    public int SizeMax { get; }

    public int RegionOf(int member) => _regions[member];

    /// <summary>A member's place in its region.</summary>
    public int PositionOf(int member) => _positions[member];

    public int Size(int region) => _offsets[region + 1] - _offsets[region];

    public int Member(int region, int position) => _members[_offsets[region] + position];

    /// <summary>The regions of a topology that has some; else so many equal ones, neighbours in number together.</summary>
    public static RegionMap Of(Topology topology, int equalRegions)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentOutOfRangeException.ThrowIfLessThan(equalRegions, 1);
        int count = Math.Min(equalRegions, topology.Members);
        var regions = new int[topology.Members];
        var numbers = new Dictionary<int, int>();
        for (int member = 0; member < regions.Length; member++)
        {
            // Regions without members are left out: those that have some are numbered as they come.
            regions[member] = topology.RegionCount > 1
                ? numbers.TryGetValue(topology.RegionOf(member), out int number) ? number : numbers[topology.RegionOf(member)] = numbers.Count
                : (int)((long)member * count / regions.Length);
        }

        return new RegionMap(regions);
    }
}
