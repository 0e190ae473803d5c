using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Raft.Membership;

namespace Headroom.Consensus.TrueTime;

/// <summary>
/// Groups of replicas that hold the keys, clients that run transactions over them one after the other, and how both work. Group g's leader stands in region g modulo the number of
/// regions, its followers in the next ones, client c in region c modulo that number.
/// </summary>
public sealed record TrueTimeOptions
{
    public int Groups { get; init; } = 3;

    /// <summary>Members of a group, its leader among them; a majority of them makes a record count.</summary>
    public int Replicas { get; init; } = 3;

    public int Regions { get; init; } = 3;

    public required int Clients { get; init; }

    /// <summary>Of each client: committed transactions and snapshots together.</summary>
    public required int Transactions { get; init; }

    public required int Keys { get; init; }

    /// <summary>Each transaction reads so many different keys, and writes them all unless it is a snapshot.</summary>
    public int KeysEach { get; init; } = 2;

    /// <summary>Keys are drawn with weight rank^-s; 0 draws all alike.</summary>
    public double ZipfExponent { get; init; }

    /// <summary>Of a hundred transactions so many only read, at one timestamp and without locks.</summary>
    public int SnapshotPercent { get; init; }

    /// <summary>Each key of a transaction is of another group: as many participants as keys.</summary>
    public bool KeysApart { get; init; }

    /// <summary>Bytes of a key's value, as it is read, asked to be written, and recorded.</summary>
    public int ValueBytes { get; init; } = 8;

    public TimestampSource Timestamps { get; init; }

    public ConflictRule Conflicts { get; init; }

    public required ClockSynchronisation Clocks { get; init; }

    /// <summary>One way between members of one region.</summary>
    public long NearNs { get; init; } = 250_000;

    /// <summary>One way between two regions.</summary>
    public long FarNs { get; init; }

    /// <summary>One way from the row's region to the column's, within a region on the diagonal, in place of <see cref="NearNs"/> and <see cref="FarNs"/>; as many regions as <see cref="Regions"/> says.</summary>
    public long[,]? LatenciesNs { get; init; }

    /// <summary>The region that each group is led from; null: group g from region g modulo their number.</summary>
    public IReadOnlyList<int>? LeaderRegions { get; init; }

    /// <summary>Mean time from one transaction of a client to its next, exponential; 0: the next is due when the one before is answered. Latency counts from when it was due.</summary>
    public long PeriodNs { get; init; }

    public long DurabilityNs { get; init; } = 500_000;

    /// <summary>A client whose attempt was aborted tries again after up to this, doubled with each further abort up to 64 times.</summary>
    public long BackoffNs { get; init; } = 2_000_000;

    /// <summary>After this without an answer a client or a participant asks again.</summary>
    public long RepeatNs { get; init; } = 3_000_000_000;

    /// <summary>After this a leader ends what no client pursues: attempts that were not decided, and locks.</summary>
    public long AbandonNs { get; init; } = 10_000_000_000;

    /// <summary>So far ahead of its clock a leader promises in its log to serve snapshots: what its successor commits comes after that, and waits for it. Renewed after half of it.</summary>
    public long PromiseNs { get; init; } = 3_000_000_000;

    /// <summary>The run ends here even if clients are not done.</summary>
    public long UntilNs { get; init; } = 120_000_000_000;

    internal CommitMutant Mutant { get; init; }

    /// <summary>So many clients, the first, only read.</summary>
    internal int Readers { get; init; }

    internal CommitWitness? Witness { get; init; }

    /// <summary>How groups are replicated, where it is not as <see cref="RaftOf"/> has it.</summary>
    internal Func<int, RaftGroup, RaftGroup>? Revision { get; init; }

    /// <summary>When clients begin at the earliest: groups have leaders.</summary>
    internal long StartNs => Math.Max(1_000_000_000, (2 * TickNs) + (4 * (LongestRoundTripNs + DurabilityNs)));

    /// <summary>Ticks are long: nobody waits for them where nobody fails.</summary>
    private long TickNs => Math.Max(50_000_000, LongestRoundTripNs);

    private long LongestRoundTripNs => 2 * (LatenciesNs?.Cast<long>().Max() ?? Math.Max(NearNs, FarNs));

    internal int Servers => Groups * Replicas;

    /// <summary>Servers, clients, the oracle.</summary>
    internal int Members => Servers + Clients + 1;

    internal int Oracle => Servers + Clients;

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Clocks);
        Clocks.Validate();
        Between(Groups, 1, 1000, nameof(Groups));
        Between(Replicas, 1, 15, nameof(Replicas));
        Between(Regions, 1, 100, nameof(Regions));
        Between(Clients, 1, 10_000, nameof(Clients));
        Between(Transactions, 1, 1_000_000, nameof(Transactions));
        Between(Keys, 1, 1_000_000, nameof(Keys));
        Between(KeysEach, 1, Math.Min(Keys, 64), nameof(KeysEach));
        Between(SnapshotPercent, 0, 100, nameof(SnapshotPercent));
        ArgumentOutOfRangeException.ThrowIfNegative(NearNs);
        ArgumentOutOfRangeException.ThrowIfNegative(FarNs);
        ArgumentOutOfRangeException.ThrowIfNegative(DurabilityNs);
        ArgumentOutOfRangeException.ThrowIfNegative(PeriodNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(BackoffNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RepeatNs, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(AbandonNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PromiseNs, 2);
        Between(ValueBytes, 0, 1_000_000, nameof(ValueBytes));
        if (LatenciesNs is { } latencies && (latencies.GetLength(0) != Regions || latencies.GetLength(1) != Regions || latencies.Cast<long>().Any(ns => ns < 0)))
        {
            throw new ArgumentException($"latencies of {latencies.GetLength(0)} by {latencies.GetLength(1)} regions: {Regions} by {Regions} are expected, none below 0");
        }

        if (LeaderRegions is { } led && (led.Count != Groups || led.Any(region => (uint)region >= (uint)Regions)))
        {
            throw new ArgumentException($"{Groups} groups are led from regions 0 to {Regions - 1}, one each");
        }

        if (KeysApart && (KeysEach > Groups || Keys < Groups))
        {
            throw new ArgumentException($"{KeysEach} keys of {Keys}, each of another group, need as many groups and a key in each; there are {Groups} groups");
        }

        if (!(ZipfExponent is >= 0 and <= 10))
        {
            throw new ArgumentOutOfRangeException(nameof(ZipfExponent), ZipfExponent, "an exponent is 0 to 10");
        }
    }

    /// <summary>One way from a member of one region to one of another.</summary>
    public long LatencyNs(int from, int to) => LatenciesNs?[from, to] ?? (from == to ? NearNs : FarNs);

    /// <summary>The region of a replica of a group, 0 being its leader.</summary>
    public int RegionOf(int group, int replica) => ((LeaderRegions?[group] ?? group) + replica) % Regions;

    /// <summary>A group's log. Its first replica leads first.</summary>
    internal RaftGroup RaftOf(int group)
    {
        var raft = new RaftGroup
        {
            Options = new RaftOptions { ElectionTicks = 20, HeartbeatTicks = 10, SendsCommitAtOnce = false, MessageBytesMax = Math.Max(4096, 4 * ValueBytes) },
            Founding = new Configuration { Voters = IdSet.Of(Enumerable.Range(1, Replicas)) },
            Machine = () => new TransactionMachine(this, group),
            FirstMember = group * Replicas,
            FirstLeader = group * Replicas,
            TickNs = TickNs,
        };
        return Revision?.Invoke(group, raft) ?? raft;
    }

    internal int RegionOf(int member) => member >= Oracle ? 0
        : member >= Servers ? (member - Servers) % Regions
        : RegionOf(member / Replicas, member % Replicas);

    private static void Between(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
