namespace Headroom.Simulation.Observation;

/// <summary>Watches nothing.</summary>
public readonly struct NoObserver : IObserver
{
    public int Composed(int member, int body, int headBytes, int bodyBytes) => 0;

    public void Sent(int from, int to, int body, long wireBytes, bool lost, long nowNs)
    {
    }

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
    }

    public void Delivered(int member, int body, long nowNs)
    {
    }

    public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
    }
}
