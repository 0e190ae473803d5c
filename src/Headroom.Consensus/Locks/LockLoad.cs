namespace Headroom.Consensus.Locks;

/// <summary>What clients want of locks: each is taken, held for a while and given back; a lock is a lease that its holder renews and that others may take over when it was not renewed.</summary>
public sealed record LockLoad
{
    /// <summary>Taken in one run, by all clients together, each at a moment of its own.</summary>
    public required int Acquisitions { get; init; }

    public required double RatePerSecond { get; init; }

    /// <summary>How long a lock is held.</summary>
    public required long HoldNs { get; init; }

    /// <summary>How long after it was asked for a lock is its holder's; renewed when half of it is over.</summary>
    public required long LeaseNs { get; init; }

    /// <summary>From one look at a lock that another holds to the next.</summary>
    public required long PollNs { get; init; }

    /// <summary>Locks, of which each acquisition wants any.</summary>
    public int Locks { get; init; } = 16;

    /// <summary>Who sees the same holder's mark for so long takes the lock over. Less than the lease is an error: two would hold it.</summary>
    public long PatienceNs { get => field == 0 ? LeaseNs : field; init; }

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Acquisitions, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RatePerSecond);
        ArgumentOutOfRangeException.ThrowIfNegative(HoldNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeaseNs, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(PollNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Locks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Locks, KeyValue.KeyValueCommand.KeyMax);
    }
}
