namespace Headroom.Consensus.TrueTime;

/// <summary>
/// Groups of replicas that hold the keys, clients that run transactions over them one after the other, and how both work. Group g's leader stands in region g modulo the number of
/// regions, its followers in the next ones, client c in region c modulo that number. Nobody fails and nothing is lost: groups have no elections, messages no repetition.
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

    /// <summary>The run ends here even if clients are not done.</summary>
    public long UntilNs { get; init; } = 120_000_000_000;

    internal CommitMutant Mutant { get; init; }

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

    internal int LeaderOf(int key) => key % Groups * Replicas;

    internal int RegionOf(int member) => member >= Oracle ? 0
        : member >= Servers ? (member - Servers) % Regions
        : RegionOf(member / Replicas, member % Replicas);

    private static void Between(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
