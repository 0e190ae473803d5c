namespace Headroom.Consensus.KeyValue;

/// <summary>How a client works: operations one after the other, each at its moment or, if the one before took longer, after it.</summary>
public sealed record KeyValueClientOptions
{
    /// <summary>Members 0 to this less one are servers.</summary>
    public required int Servers { get; init; }

    public required int Operations { get; init; }

    public required int Keys { get; init; }

    /// <summary>The first operation's moment; of those that warm up, where there are any.</summary>
    public long StartNs { get; init; }

    /// <summary>So many of the operations come first, as fast as answers come, and put the keys in turn; the others wait for <see cref="LoadNs"/>.</summary>
    public int WarmUps { get; init; }

    /// <summary>With warm-ups: the first moment of the others.</summary>
    public long LoadNs { get; init; }

    /// <summary>Bytes of every value; fewer than its token takes mean those.</summary>
    public int ValueBytes { get; init; }

    /// <summary>From one operation's moment to the next; 0 for as fast as answers come.</summary>
    public required long PeriodNs { get; init; }

    /// <summary>Whom a client asks first; null for one by its own number.</summary>
    public int? FirstServer { get; init; }

    /// <summary>A request that is not answered after this goes to another server.</summary>
    public required long TimeoutNs { get; init; }

    /// <summary>An operation whose time ran out so often is given up: it may take effect later, or never.</summary>
    public int TimeoutsMax { get; init; } = 12;

    /// <summary>Of a hundred operations so many go to any server first, not to the one that answered last: some leader may not know yet that it is none.</summary>
    public int WanderPercent { get; init; }

    /// <summary>Of a hundred operations so many are gets, puts and appends; the rest compare and set.</summary>
    public int GetsPercent { get; init; } = 40;

    public int PutsPercent { get; init; } = 25;

    public int AppendsPercent { get; init; } = 15;
}
