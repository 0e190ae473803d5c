using Headroom.Simulation.Faults;

namespace Headroom.Simulation.Hosting;

/// <summary>What is cut from what by faults: links that are down both ways, cuts one way, and a partition.</summary>
internal sealed class Cuts(int members)
{
    private readonly HashSet<long> _down = [];
    private readonly HashSet<long> _cut = [];
    private int[]? _sideOf;

    /// <summary>False costs one look a message.</summary>
    public bool Any { get; private set; }

    public bool Stops(int from, int to) => _cut.Contains(Key(from, to)) || _down.Contains(PairKey(from, to))
        || (_sideOf is not null && _sideOf[from] >= 0 && _sideOf[to] >= 0 && _sideOf[from] != _sideOf[to]);

    /// <summary>True when this changed anything.</summary>
    public bool SetDown(int a, int b, bool isDown)
    {
        bool changed = isDown ? _down.Add(PairKey(a, b)) : _down.Remove(PairKey(a, b));
        Look();
        return changed;
    }

    public void SetCut(int from, int to, bool isCut)
    {
        _ = isCut ? _cut.Add(Key(from, to)) : _cut.Remove(Key(from, to));
        Look();
    }

    public void Divide(MemberSets? sets)
    {
        _sideOf = sets?.SetOfEach(members);
        Look();
    }

    /// <summary>Ends everything; gives the links that were down, in order, because their ends are told.</summary>
    public (int A, int B)[] HealAll()
    {
        long[] keys = [.. _down.Order()];
        _down.Clear();
        _cut.Clear();
        _sideOf = null;
        Any = false;
        return [.. keys.Select(key => ((int)(key >> 32), (int)key))];
    }

    private void Look() => Any = _down.Count > 0 || _cut.Count > 0 || _sideOf is not null;

    private static long Key(int from, int to) => ((long)from << 32) | (uint)to;

    private static long PairKey(int a, int b) => Key(Math.Min(a, b), Math.Max(a, b));
}
