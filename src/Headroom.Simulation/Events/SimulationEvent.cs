using System.Runtime.CompilerServices;

namespace Headroom.Simulation.Events;

/// <summary>
/// Something that happens at an integer nanosecond: 24 bytes. <see cref="Order"/> is the sequence number above eight bits of kind, so that
/// comparing (time, order) breaks ties by the order of scheduling.
/// </summary>
public readonly record struct SimulationEvent : IComparable<SimulationEvent>
{
    /// <summary>Times stay below 2^61 ns (73 years), which leaves the queues room to add without overflow.</summary>
    public const long TimeNsMax = 1L << 61;

    // One word, so that an event is written and copied in three equal parts.
    private readonly ulong _targetAndArgument;

    public SimulationEvent(long timeNs, long sequence, byte kind, int target, int argument)
        : this(timeNs, (sequence << 8) | kind, ((ulong)(uint)target << 32) | (uint)argument)
    {
    }

    private SimulationEvent(long timeNs, long order, ulong targetAndArgument)
    {
        TimeNs = timeNs;
        Order = order;
        _targetAndArgument = targetAndArgument;
    }

    public long TimeNs { get; }

    public long Order { get; }

    public int Target => (int)(_targetAndArgument >> 32);

    public int Argument => (int)_targetAndArgument;

    public byte Kind => (byte)Order;

    public long Sequence => Order >> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBefore(in SimulationEvent other) => TimeNs < other.TimeNs || (TimeNs == other.TimeNs && Order < other.Order);

    /// <summary>The same, read field by field: a wide load of what was just written in parts would wait for the parts to leave the store buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SimulationEvent Copied() => new(TimeNs, Order, _targetAndArgument);

    public int CompareTo(SimulationEvent other)
    {
        int byTime = TimeNs.CompareTo(other.TimeNs);
        return byTime != 0 ? byTime : Order.CompareTo(other.Order);
    }

    public static bool operator <(SimulationEvent left, SimulationEvent right) => left.IsBefore(right);

    public static bool operator >(SimulationEvent left, SimulationEvent right) => right.IsBefore(left);

    public static bool operator <=(SimulationEvent left, SimulationEvent right) => !right.IsBefore(left);

    public static bool operator >=(SimulationEvent left, SimulationEvent right) => !left.IsBefore(right);
}
