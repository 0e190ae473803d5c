using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Watches numbered bodies: when each was last delivered and to how many, and what every line carries.</summary>
internal readonly struct SustainedObserver(int members, int broadcasts) : IObserver
{
    private readonly long[] _lastNs = new long[broadcasts];
    private readonly double[] _sumsNs = new double[broadcasts];
    private readonly int[] _deliveries = new int[broadcasts];
    private readonly long[] _sentBytes = new long[members];
    private readonly long[] _receivedBytes = new long[members];
    private readonly int[] _receivedMessages = new int[members];

    public ReadOnlySpan<long> LastNs => _lastNs;

    /// <summary>The times of all deliveries of each, added up.</summary>
    public ReadOnlySpan<double> SumsNs => _sumsNs;

    public ReadOnlySpan<int> Deliveries => _deliveries;

    public ReadOnlySpan<long> SentBytes => _sentBytes;

    public ReadOnlySpan<long> ReceivedBytes => _receivedBytes;

    public ReadOnlySpan<int> ReceivedMessages => _receivedMessages;

    public int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs) => _sentBytes[from] += wireBytes;

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
        _receivedBytes[to] += wireBytes;
        _receivedMessages[to]++;
    }

    public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
    {
    }

    public void Delivered(int member, int body, long nowNs)
    {
        if (body > 0 && body <= _lastNs.Length)
        {
            _lastNs[body - 1] = nowNs;
            _sumsNs[body - 1] += nowNs;
            _deliveries[body - 1]++;
        }
    }

    public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
    }

    public void Struck(in Fault fault)
    {
    }
}
