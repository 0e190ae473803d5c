using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Replication.Torture;

/// <summary>How large the runs of a replicated store's torture are. What befalls it, and how it is set up, each seed draws.</summary>
public abstract record StoreTortureOptions
{
    /// <summary>Servers.</summary>
    public int Members { get; init; } = 5;

    /// <summary>Simulated seconds of a run; a core is healed after half of them.</summary>
    public int Seconds { get; init; } = 40;

    /// <summary>Operations of all clients together.</summary>
    public int Operations { get; init; } = 1000;

    public int Clients { get; init; } = 8;

    public virtual void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Members, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Members, TortureOptions.MembersMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(Seconds, 20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Seconds, 3600);
        ArgumentOutOfRangeException.ThrowIfLessThan(Clients, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clients, 60);
        ArgumentOutOfRangeException.ThrowIfLessThan(Operations, Clients);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Operations, Clients * 1000);
    }
}
