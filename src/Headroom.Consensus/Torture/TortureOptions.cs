using Headroom.Consensus.Raft;

namespace Headroom.Consensus.Torture;

/// <summary>How large a torture's runs are. What befalls them, and how the group is set up, each seed draws.</summary>
public sealed record TortureOptions
{
    public const int MembersMax = 15;

    public int Members { get; init; } = 5;

    /// <summary>Simulated seconds of a run; the core is healed after two thirds of them.</summary>
    public int Seconds { get; init; } = 60;

    /// <summary>Operations of all clients together.</summary>
    public int Operations { get; init; } = 1000;

    public int Clients { get; init; } = 8;

    /// <summary>Followers hold appends that overtook others, as <see cref="Raft.Hosting.RaftGroup.HoldsEarlyAppends"/> says.</summary>
    public bool HoldsEarlyAppends { get; init; }

    internal RaftMutant Mutant { get; init; }

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Members, 3);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Members, MembersMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(Seconds, 15);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Seconds, 3600);
        ArgumentOutOfRangeException.ThrowIfLessThan(Clients, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clients, 60);
        ArgumentOutOfRangeException.ThrowIfLessThan(Operations, Clients);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Operations, Clients * 1000);
    }
}
