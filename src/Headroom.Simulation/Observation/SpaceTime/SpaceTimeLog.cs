using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation.SpaceTime;

/// <summary>What a space-time diagram is drawn from. Keeps no more than a diagram can show.</summary>
public sealed class SpaceTimeLog
{
    /// <summary>A diagram with more arrows shows nothing.</summary>
    public const int ArrowsMax = 2_000;

    private readonly List<SpaceTimeArrow> _arrows = [];
    private readonly Dictionary<(int From, int To, int Message), Queue<int>> _underWay = [];
    private readonly Dictionary<(int From, int To, int Message), int> _last = [];
    private readonly List<(int Member, long AtNs)> _deliveries = [];
    private readonly List<Fault> _faults = [];

    /// <summary>Copies sent, and second arrivals of doubled ones; those above <see cref="ArrowsMax"/> are counted only.</summary>
    public int ArrowCount { get; private set; }

    /// <summary>The last moment at which anything happened.</summary>
    public long EndNs { get; private set; }

    internal IReadOnlyList<SpaceTimeArrow> Arrows => _arrows;

    internal IReadOnlyList<(int Member, long AtNs)> Deliveries => _deliveries;

    internal IReadOnlyList<Fault> Faults => _faults;

    internal void Sent(int from, int to, int message, bool isPayload, DropCause drop, long nowNs)
    {
        if (!HasRoom(nowNs))
        {
            return;
        }

        if (drop == DropCause.None)
        {
            if (!_underWay.TryGetValue((from, to, message), out Queue<int>? queue))
            {
                _underWay.Add((from, to, message), queue = new Queue<int>());
            }

            queue.Enqueue(_arrows.Count);
            _last[(from, to, message)] = _arrows.Count;
        }

        _arrows.Add(new SpaceTimeArrow(from, to, isPayload, nowNs, -1, drop));
    }

    internal void Ended(int from, int to, int message, DropCause drop, long nowNs)
    {
        EndNs = Math.Max(EndNs, nowNs);
        if (_underWay.TryGetValue((from, to, message), out Queue<int>? queue) && queue.TryDequeue(out int arrow))
        {
            _arrows[arrow] = _arrows[arrow] with { EndNs = nowNs, Drop = drop };
        }
        else if (_last.TryGetValue((from, to, message), out int doubled) && HasRoom(nowNs))
        {
            _arrows.Add(_arrows[doubled] with { EndNs = nowNs, Drop = drop });
        }
    }

    internal void Delivered(int member, long nowNs)
    {
        EndNs = Math.Max(EndNs, nowNs);
        if (_deliveries.Count <= ArrowsMax)
        {
            _deliveries.Add((member, nowNs));
        }
    }

    internal void Struck(in Fault fault)
    {
        EndNs = Math.Max(EndNs, fault.TimeNs);
        _faults.Add(fault);
    }

    private bool HasRoom(long nowNs)
    {
        EndNs = Math.Max(EndNs, nowNs);
        return ++ArrowCount <= ArrowsMax;
    }
}
