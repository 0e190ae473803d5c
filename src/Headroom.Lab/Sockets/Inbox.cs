using System.Collections.Concurrent;

namespace Headroom.Lab.Sockets;

/// <summary>What sockets brought, for the one thread that runs the members. A flood beyond <see cref="BytesMax"/> is an error, not exhausted memory.</summary>
internal sealed class Inbox : IDisposable
{
    public const long BytesMax = 1L << 30;

    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly ManualResetEventSlim _news = new();
    private long _bytes;
    private volatile bool _isFlooded;

    /// <summary>Called by sockets, from any thread.</summary>
    public void Put(in Arrival arrival)
    {
        if (Interlocked.Add(ref _bytes, arrival.Packet.Length + 64) > BytesMax)
        {
            _isFlooded = true;
        }
        else
        {
            _arrivals.Enqueue(arrival);
        }

        _news.Set();
    }

    public bool TryTake(out Arrival arrival)
    {
        if (_isFlooded)
        {
            throw new LabException($"more than {BytesMax >> 20} MB wait to be taken in: the members send faster than this machine receives");
        }

        if (!_arrivals.TryDequeue(out arrival))
        {
            return false;
        }

        Interlocked.Add(ref _bytes, -arrival.Packet.Length - 64);
        return true;
    }

    /// <summary>Waits for the next arrival, or so long.</summary>
    public void Wait(TimeSpan timeout, CancellationToken cancellation)
    {
        _news.Reset();
        if (_arrivals.IsEmpty)
        {
            _news.Wait(timeout, cancellation);
        }
    }

    public void Dispose() => _news.Dispose();
}
