using Headroom.Kernel.Randomness;

namespace Headroom.Balancing.Dispatch;

/// <summary>
/// One queue before all servers, in order of arrival: a job starts at the server that is free first. (Sending it there at once, to the server
/// with the least work left, gives every job the same start.) A binary heap by the time a server is free; only its root ever changes.
/// </summary>
public struct SharedQueue : IDispatchPolicy
{
    private double[]? _freeAtS;
    private int[]? _server;
    private int _servers;

    public void Start(int servers, int jobs)
    {
        if (_server is null || _server.Length != servers)
        {
            _server = new int[servers];
            _freeAtS = new double[servers];
        }

        _servers = servers;
        for (int i = 0; i < servers; i++)
        {
            _server[i] = i;
            _freeAtS![i] = 0;
        }
    }

    public readonly int Choose(double nowS, ReadOnlySpan<double> freeAtS, ref RandomStream random) => _server![0];

    public readonly void Dispatched(int server, int job, double departureS) => TimeHeap.ReplaceRoot(_freeAtS!, _server!, _servers, departureS, server);
}
