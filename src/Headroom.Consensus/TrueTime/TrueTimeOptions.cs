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

    public TimestampSource Timestamps { get; init; }

    public required ClockSynchronisation Clocks { get; init; }

    /// <summary>One way between members of one region.</summary>
    public long NearNs { get; init; } = 250_000;

    /// <summary>One way between two regions.</summary>
    public required long FarNs { get; init; }

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
        ArgumentOutOfRangeException.ThrowIfLessThan(BackoffNs, 1);
        if (!(ZipfExponent is >= 0 and <= 10))
        {
            throw new ArgumentOutOfRangeException(nameof(ZipfExponent), ZipfExponent, "an exponent is 0 to 10");
        }
    }

    internal int LeaderOf(int key) => key % Groups * Replicas;

    internal int RegionOf(int member) => member >= Oracle ? 0
        : member >= Servers ? (member - Servers) % Regions
        : ((member / Replicas) + (member % Replicas)) % Regions;

    private static void Between(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
