using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation;

/// <summary>Watches nothing.</summary>
public readonly struct NoObserver : IObserver
{
    public int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
    }

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
    }

    public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
    {
    }

    public void Delivered(int member, int body, long nowNs)
    {
    }

    public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
    }

    public void Struck(in Fault fault)
    {
    }
}
