namespace Headroom.Simulation.Events;

/// <summary>
/// Something that happens at an integer nanosecond: 24 bytes. <see cref="Order"/> is the sequence number above eight bits of kind, so that
/// comparing (time, order) breaks ties by the order of scheduling.
/// </summary>
public readonly record struct SimulationEvent(long TimeNs, long Order, int Target, int Argument) : IComparable<SimulationEvent>
{
    /// <summary>Times stay below 2^61 ns (73 years), which leaves the queues room to add without overflow.</summary>
    public const long TimeNsMax = 1L << 61;

    public SimulationEvent(long timeNs, long sequence, byte kind, int target, int argument)
        : this(timeNs, (sequence << 8) | kind, target, argument)
    {
    }

    public byte Kind => (byte)Order;

    public long Sequence => Order >> 8;

    public bool IsBefore(in SimulationEvent other) => TimeNs < other.TimeNs || (TimeNs == other.TimeNs && Order < other.Order);

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
