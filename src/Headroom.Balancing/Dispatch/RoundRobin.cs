using Headroom.Kernel.Randomness;

namespace Headroom.Balancing.Dispatch;

/// <summary>Each server in turn.</summary>
public struct RoundRobin : IDispatchPolicy
{
    private int _servers;
    private int _last;

    public void Start(int servers, int jobs) => (_servers, _last) = (servers, servers - 1);

    public int Choose(double nowS, ReadOnlySpan<double> freeAtS, ref RandomStream random) => _last = _last + 1 < _servers ? _last + 1 : 0;

    public readonly void Dispatched(int server, int job, double departureS)
    {
    }
}
