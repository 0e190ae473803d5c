using Headroom.Consensus.Torture;

namespace Headroom.Consensus.TrueTime.Torture;

/// <summary>How large a torture's runs are. What befalls them each seed draws.</summary>
public sealed record TrueTimeTortureOptions
{
    /// <summary>Servers of all groups together.</summary>
    public int Members { get; init; } = 6;

    public int Groups { get; init; } = 2;

    /// <summary>Simulated seconds of a run; a majority of each group is up and connected for good after half of them.</summary>
    public int Seconds { get; init; } = 40;

    public int Clients { get; init; } = 8;

    /// <summary>Transactions and snapshots of all clients together.</summary>
    public int Operations { get; init; } = 800;

    internal CommitMutant Mutant { get; init; }

    /// <summary>Servers vote and answer before their disks have written.</summary>
    internal bool DisksLie { get; init; }

    /// <summary>Clocks leap beyond what they state.</summary>
    internal bool ClocksLeap { get; init; }

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Members, Groups);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Members, TortureOptions.MembersMax);
        if (Members % Groups != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Members), Members, $"a multiple of the {Groups} groups is expected");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Seconds, 20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Seconds, 3600);
        ArgumentOutOfRangeException.ThrowIfLessThan(Clients, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clients, 60);
        ArgumentOutOfRangeException.ThrowIfLessThan(Operations, Clients);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Operations, Clients * 1000);
    }
}
