using Headroom.Kernel.Randomness;

namespace Headroom.Balancing.Dispatch;

/// <summary>Each server with equal chance, blind to everything.</summary>
public struct RandomSplit : IDispatchPolicy
{
    private int _servers;

    public void Start(int servers, int jobs) => _servers = servers;

    public readonly int Choose(double nowS, ReadOnlySpan<double> freeAtS, ref RandomStream random) => random.Below(_servers);

    public readonly void Dispatched(int server, int job, double departureS)
    {
    }
}
