namespace Headroom.Balancing.Pools;

/// <summary>The fewest servers with which a policy meets a delay goal.</summary>
public abstract record ServersNeeded
{
    private ServersNeeded()
    {
    }

    public sealed record Found(int Servers, PoolDelay.Measured Delay) : ServersNeeded;

    /// <summary>Not met with this many either: more servers do not shorten the work itself.</summary>
    public sealed record NotWith(int Servers) : ServersNeeded;
}
