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

    /// <summary>
    /// The store and each relay tell a group, when there was nothing for it for so long, up to where it was told: a bookmark, from which its members see whether they missed something, and ask. Null: never,
    /// which only a network without loss and members that stay allow.
    /// </summary>
    public long? BookmarkNs { get; init; }

    /// <summary>A question that is not answered is asked again after so long, then after twice that, up to 32 times; each wait is drawn between half and one and a half of it.</summary>
    public long AskNs { get; init; } = 25_000_000;

    /// <summary>Changes are known for once to twice so long, to be told again; who asks for older ones lists the objects instead. Null: for good.</summary>
    public long? HistoryNs { get; init; }

    /// <summary>Bytes of answers between two bookmarks, and an answer more: who asks then is not answered, and asks again later.</summary>
    public long AnswerBytes { get; init; } = 8_000_000;

    /// <summary>Bytes of a message of several changes, or of a page of several objects.</summary>
    public int MessageBytesMax { get; init; } = 12_000;

    /// <summary>Updates come for so long.</summary>
    public required long DurationNs { get; init; }

    /// <summary>After the last update, for what is on its way.</summary>
    public long DrainNs { get; init; } = 5_000_000_000;

    /// <summary>The store writes entries to its durable log, and commits them when they are there, in place of <see cref="CommitNs"/>; updates are asked of it from outside, by their number.</summary>
    internal bool IsDurable { get; init; }

    internal WatchMutant Mutant { get; init; }

    internal WatchWitness? Witness { get; init; }

    /// <summary>Bytes of one object or change, at most.</summary>
    internal const int ObjectBytesMax = 10_000;

    /// <summary>So often a wait doubles: up to this many times the first.</summary>
    internal const int WaitsMax = 32;

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
        Between(BookmarkNs ?? 1, 1, 60_000_000_000, nameof(BookmarkNs));
        Between(AskNs, 16, 60_000_000_000, nameof(AskNs));
        Between(HistoryNs ?? 1, 1, 3_600_000_000_000, nameof(HistoryNs));
        Between(AnswerBytes, 1, 1_000_000_000_000, nameof(AnswerBytes));
        Between(MessageBytesMax, 1, 60_000, nameof(MessageBytesMax));
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

        if ((Loss > 0 || HistoryNs is not null) && BookmarkNs is null)
        {
            throw new ArgumentException("where messages are lost watchers must resume: there must be bookmarks");
        }
    }

    private static void Between(long value, long least, long most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
