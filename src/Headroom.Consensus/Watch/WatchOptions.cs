namespace Headroom.Consensus.Watch;

/// <summary>A store, its watchers (controllers, which watch everything, then nodes), and how changes are told to them.</summary>
public sealed record WatchOptions
{
    public required IReadOnlyList<WatchKind> Kinds { get; init; }

    public required int Nodes { get; init; }

    public int Controllers { get; init; }

    /// <summary>Watchers of the same interest form a group, and a change goes to the groups of its topic; otherwise it goes to every watcher.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>A change is told as the fields that it writes, each without what it shares with the one before; otherwise as the whole object.</summary>
    public bool IsDelta { get; init; }

    /// <summary>The store gathers updates for so long into one entry of its log, and tells a group of an entry's changes in one message; 0 for an entry each.</summary>
    public long BatchNs { get; init; }

    /// <summary>A batch of so many updates waits no longer.</summary>
    public int BatchMax { get; init; } = 1000;

    /// <summary>Children of the store and of each relay at most; null: the store tells all watchers itself.</summary>
    public int? RelayFanOut { get; init; }

    /// <summary>Members of the store, for what an entry costs there: 2 (n - 1) messages while all is well (the record of raft).</summary>
    public int StoreMembers { get; init; } = 5;

    /// <summary>From an entry's proposal to its commit: a round trip to a majority and its disks.</summary>
    public long CommitNs { get; init; } = 2_000_000;

    public long LinkNs { get; init; } = 250_000;

    /// <summary>Of every member's line, each way.</summary>
    public double BandwidthBps { get; init; } = 10e9;

    public double Loss { get; init; }

    /// <summary>A watcher asks for what is after its revision when it misses a message, and after every such time; null: never, which only a network without loss allows.</summary>
    public long? ResumeNs { get; init; }

    /// <summary>Updates come for so long.</summary>
    public required long DurationNs { get; init; }

    /// <summary>After the last update, for what is on its way.</summary>
    public long DrainNs { get; init; } = 5_000_000_000;

    internal WatchMutant Mutant { get; init; }

    public int Watchers => Controllers + Nodes;

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Kinds);
        Between(Nodes, 1, 100_000, nameof(Nodes));
        Between(Controllers, 0, 1000, nameof(Controllers));
        Between(Kinds.Count, 1, 100, nameof(Kinds));
        Between(BatchNs, 0, 60_000_000_000, nameof(BatchNs));
        Between(BatchMax, 1, 1_000_000, nameof(BatchMax));
        Between(RelayFanOut ?? 2, 2, 100_000, nameof(RelayFanOut));
        Between(StoreMembers, 1, 101, nameof(StoreMembers));
        Between(CommitNs, 0, 60_000_000_000, nameof(CommitNs));
        Between(LinkNs, 0, 60_000_000_000, nameof(LinkNs));
        Between(DurationNs, 1, 3_600_000_000_000, nameof(DurationNs));
        Between(DrainNs, 0, 3_600_000_000_000, nameof(DrainNs));
        Between(ResumeNs ?? 1, 1, 60_000_000_000, nameof(ResumeNs));
        foreach (WatchKind kind in Kinds)
        {
            kind.Validate(Nodes);
        }

        if (!(Loss is >= 0 and < 1))
        {
            throw new ArgumentException($"a loss is at least 0 and less than 1, not {Loss}");
        }

        if (!(BandwidthBps > 0))
        {
            throw new ArgumentException($"a bandwidth is above 0, not {BandwidthBps}");
        }

        if (Loss > 0 && ResumeNs is null)
        {
            throw new ArgumentException("where messages are lost watchers must resume");
        }
    }

    private static void Between(long value, long least, long most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
