namespace Headroom.Consensus.Quorum.Torture;

/// <summary>How large a torture's runs are. What befalls them each seed draws.</summary>
public sealed record RegisterTortureOptions
{
    public int Servers { get; init; } = 5;

    /// <summary>Simulated seconds of a run; a majority is up and connected for good after half of them.</summary>
    public int Seconds { get; init; } = 30;

    public int Clients { get; init; } = 6;

    /// <summary>Operations of all clients together.</summary>
    public int Operations { get; init; } = 600;

    internal RegisterMutant Mutant { get; init; }

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Servers, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Servers, 15);
        ArgumentOutOfRangeException.ThrowIfLessThan(Seconds, 20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Seconds, 3600);
        ArgumentOutOfRangeException.ThrowIfLessThan(Clients, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clients, 60);
        ArgumentOutOfRangeException.ThrowIfLessThan(Operations, Clients);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Operations, Clients * 1000);
    }
}
