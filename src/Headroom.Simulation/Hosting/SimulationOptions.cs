using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Hosting;

/// <summary>Everything that, with the processes, determines a run.</summary>
public sealed record SimulationOptions
{
    public required NetworkOptions Network { get; init; }

    public required Seed Seed { get; init; }

    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>How long a record takes to become durable; 0: it is as soon as the step that wrote it ends, and nothing waits for it.</summary>
    public long DurabilityNs { get; init; }

    /// <summary>How far each member's clock is off; null when all are right.</summary>
    public IReadOnlyList<long>? ClockOffsetsNs { get; init; }

    /// <summary>How much faster than true time each member's clock runs, in parts per million; null when none drifts. Timers run on the local clock.</summary>
    public IReadOnlyList<double>? ClockDriftsPpm { get; init; }

    /// <summary>The uncertainty that clocks state.</summary>
    public long ClockUncertaintyNs { get; init; }

    /// <summary>
    /// How long after a message reached a dead member (crashed, left, not there yet) its sender gets <see cref="Processes.InputKind.LinkDown"/> for that
    /// peer: a connection that is reset, or times out. One notice at a time for a sender and a peer. Null: nobody is ever told.
    /// </summary>
    public long? DeadPeerNoticeNs { get; init; }

    /// <summary>Members whose messages pass through a sender that may lie; null for none.</summary>
    public IReadOnlyList<ByzantineMember>? Byzantine { get; init; }

    /// <summary>Looked at every few thousand events.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The run stops after so many events, and says that it did.</summary>
    public long EventsMax { get; init; } = long.MaxValue;

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Network);
        Network.Validate();
        int members = Network.Topology.Members;
        Faults.Validate(members);
        ArgumentOutOfRangeException.ThrowIfNegative(DurabilityNs);
        ArgumentOutOfRangeException.ThrowIfNegative(DeadPeerNoticeNs ?? 0, nameof(DeadPeerNoticeNs));
        RequireOneEach(ClockOffsetsNs?.Count, nameof(ClockOffsetsNs));
        RequireOneEach(ClockDriftsPpm?.Count, nameof(ClockDriftsPpm));
        foreach (double drift in ClockDriftsPpm ?? [])
        {
            if (!(Math.Abs(drift) <= FaultPlan.DriftPpbMax / 1000))
            {
                throw new ArgumentOutOfRangeException(nameof(ClockDriftsPpm), drift, $"a drift is at most {FaultPlan.DriftPpbMax / 1000} ppm either way");
            }
        }

        foreach (ByzantineMember byzantine in Byzantine ?? [])
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)byzantine.Member, (uint)members, nameof(Byzantine));
        }

        void RequireOneEach(int? count, string name)
        {
            if (count is { } given && given != members)
            {
                throw new ArgumentException($"{given} values for {members} members", name);
            }
        }
    }
}
