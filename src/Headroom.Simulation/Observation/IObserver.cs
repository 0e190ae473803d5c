using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation;

/// <summary>Watches a run from outside. A struct that does nothing costs nothing.</summary>
public interface IObserver
{
    /// <summary>A member composed a message and now sends its first copy; the number returned, at least 0, comes back with every copy.</summary>
    int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes);

    /// <summary>A copy was sent; with a cause it never arrives.</summary>
    void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs);

    /// <summary>A copy was taken in by a live member.</summary>
    void Received(int from, int to, int body, int tag, long wireBytes, long nowNs);

    /// <summary>A copy that was on its way is dropped where it arrives.</summary>
    void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs);

    /// <summary>A member handed a body to its application.</summary>
    void Delivered(int member, int body, long nowNs);

    /// <summary>A client got an answer.</summary>
    void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs);

    /// <summary>A fault of the plan took effect.</summary>
    void Struck(in Fault fault);
}
