using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.LeaderElection;

/// <summary>One election: who is there, what lies between them, and who begins.</summary>
public sealed record LeaderElectionSetting
{
    /// <summary>Identifiers by member, at least 0 and all different. On rings member i's successor is member i + 1, and of the last the first.</summary>
    public required IReadOnlyList<long> Identifiers { get; init; }

    /// <summary>A connected graph, links both ways; null: every member reaches every other. Elections on rings use links between successors only, the bully needs all.</summary>
    public Topology? Topology { get; init; }

    /// <summary>Of a message, where the topology is null; and one unit of <see cref="LeaderElectionOutcome.TimeUnits"/>.</summary>
    public long LatencyNs { get; init; } = 1_000_000;

    /// <summary>How links behave; the topology is that of the setting, whatever is stated there. Null: plain ones.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>What the bully takes for the longest round trip.</summary>
    public long RoundTripNs { get; init; } = 4_000_000;

    /// <summary>Who suspects the leader and when: the bully's elections begin so, the others at the start.</summary>
    public IReadOnlyList<(long TimeNs, int Member)> Suspicions { get; init; } = [];

    /// <summary>The identifier of the leader that is suspected: who has heard of another by then begins nothing. Null: who suspects begins, whatever it knows.</summary>
    public long? Suspected { get; init; }

    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>The time allowed: the bully asks for ever where somebody answers and never leads.</summary>
    public long UntilNs { get; init; } = 3_600_000_000_000;

    public Seed Seed { get; init; } = new(1);

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfZero(Identifiers.Count, nameof(Identifiers));
        ArgumentOutOfRangeException.ThrowIfLessThan(LatencyNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RoundTripNs, 1);
        if (Identifiers.Any(identifier => identifier < 0) || Identifiers.Distinct().Count() != Identifiers.Count)
        {
            throw new ArgumentException("identifiers are at least 0 and all different", nameof(Identifiers));
        }

        if (Topology is not null && Topology.Members != Identifiers.Count)
        {
            throw new ArgumentException($"a topology of {Topology.Members} members for {Identifiers.Count} identifiers", nameof(Topology));
        }

        if (Suspicions.Any(suspicion => suspicion.Member < 0 || suspicion.Member >= Identifiers.Count || suspicion.TimeNs < 0))
        {
            throw new ArgumentException($"who suspects is a member from 0 to {Identifiers.Count - 1}, at a time of at least 0", nameof(Suspicions));
        }
    }
}
