using Headroom.Consensus.Replication;

namespace Headroom.Consensus.Chain;

/// <summary>How a chain runs. Servers are members 0 to n-1 of the host, the registrar is member n, clients follow. The chain begins as 0, 1, …, n-1.</summary>
public sealed record ChainOptions
{
    public const int ServersMax = 63;

    public required int Servers { get; init; }

    /// <summary>The chain is not made shorter than this for silence: then it waits. (A server that comes back without its memory is taken out in any case.)</summary>
    public int Least { get; init; } = 1;

    public required Func<IStateMachine> Machine { get; init; }

    /// <summary>Each update is on the disk before it is passed on, and a server that starts again goes on where it was. Else all is in memory, and who starts again is a new server.</summary>
    public bool IsDurable { get; init; } = true;

    public ChainReads Reads { get; init; } = ChainReads.Tail;

    /// <summary>The registrar's answer to a heartbeat is a lease to read for a session less <see cref="DriftShareMax"/>: clocks must run alike. Else each batch of reads asks it whether the chain is still the same.</summary>
    public bool HasLeases { get; init; } = true;

    public long HeartbeatNs { get; init; } = 100_000_000;

    /// <summary>A server that the registrar has not heard for so long is taken out of the chain, if another is alive.</summary>
    public long SessionNs { get; init; } = 500_000_000;

    /// <summary>What is not acknowledged for so long is sent again.</summary>
    public long RetryNs { get; init; } = 100_000_000;

    /// <summary>A part of the lease that is not used, because clocks drift: of two clocks the one may be so much faster than the other.</summary>
    public double DriftShareMax { get; init; } = 0.005;

    /// <summary>Bytes of updates in one message; a single larger one is sent alone.</summary>
    public int MessageBytesMax { get; init; } = 4096;

    /// <summary>After so many applied updates a server begins its log anew with its state; 0 for never.</summary>
    public int SnapshotEvery { get; init; }

    public ReplicaWitness? Witness { get; init; }

    internal ChainMutant Mutant { get; init; }

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Servers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Servers, ServersMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(Least, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Least, Servers);
        ArgumentOutOfRangeException.ThrowIfLessThan(HeartbeatNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SessionNs, HeartbeatNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MessageBytesMax, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(SnapshotEvery);
        if (!(DriftShareMax is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(DriftShareMax), DriftShareMax, "a share is at least 0 and below 1");
        }
    }
}
