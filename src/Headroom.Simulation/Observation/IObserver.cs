namespace Headroom.Simulation.Observation;

/// <summary>Watches a run from outside. A struct that does nothing costs nothing.</summary>
public interface IObserver
{
    /// <summary>A member composed a message; the number returned comes back with every copy received.</summary>
    int Composed(int member, int body, int headBytes, int bodyBytes);

    /// <summary>A copy left its sender; it may be lost on the way.</summary>
    void Sent(int from, int to, int body, long wireBytes, bool lost, long nowNs);

    /// <summary>A copy was taken in by a live member.</summary>
    void Received(int from, int to, int body, int tag, long wireBytes, long nowNs);

    /// <summary>A member handed a body to its application.</summary>
    void Delivered(int member, int body, long nowNs);

    /// <summary>A client got an answer.</summary>
    void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs);
}
