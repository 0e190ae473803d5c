using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Elections;

/// <summary>
/// The set-up in which Raft's elections were measured [ongaro2014raft, figure 16]: five servers, logs of different lengths, so that two of the four that are left cannot be
/// elected; the leader's heartbeats go out together, and it crashes at a moment uniform in its heartbeat interval, which is half the least election timeout.
/// </summary>
public sealed record ElectionSetting
{
    /// <summary>Election timeouts are uniform from this …</summary>
    public required double TimeoutMsMin { get; init; }

    /// <summary>… to this.</summary>
    public required double TimeoutMsMax { get; init; }

    /// <summary>False as the measured servers did; true as etcd does (<see cref="Raft.RaftOptions.TermResetsTimeout"/>).</summary>
    public bool TermResetsTimeout { get; init; }

    public int Servers { get; init; } = 5;

    /// <summary>The least time of a message; with the jitter twice each way it makes the broadcast time, about 15 ms there.</summary>
    public double LatencyMsMin { get; init; } = 5;

    /// <summary>Mean of the exponential delay on top.</summary>
    public double JitterMsMean { get; init; } = 2.5;

    /// <summary>How links behave and what lies between servers, in place of the two above; null for those.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>False: all logs have the same length, so that everybody may be elected.</summary>
    public bool HasDifferentLogs { get; init; } = true;

    /// <summary>How long a server takes to write its vote down.</summary>
    public double DurabilityMs { get; init; }

    /// <summary>Timeouts are counted in steps of this.</summary>
    public double TickMs { get; init; } = 0.25;

    /// <summary>A trial is given up after this.</summary>
    public double SecondsMax { get; init; } = 120;

    public void Validate()
    {
        if (!(TickMs > 0 && TimeoutMsMin >= 3 * TickMs && TimeoutMsMax >= TimeoutMsMin && TimeoutMsMax <= 1e6))
        {
            throw new ArgumentOutOfRangeException(nameof(TimeoutMsMin), TimeoutMsMin, "timeouts are at least three ticks and at most 1000 s, the least first");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Servers, 3);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Servers, 99);
        if (Network is { } network && network.Topology.Members != Servers)
        {
            throw new ArgumentException($"a network of {network.Topology.Members} members for {Servers} servers", nameof(Network));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(LatencyMsMin);
        ArgumentOutOfRangeException.ThrowIfNegative(JitterMsMean);
        ArgumentOutOfRangeException.ThrowIfNegative(DurabilityMs);
    }
}
