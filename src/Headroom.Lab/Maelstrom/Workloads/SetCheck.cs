namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary>
/// What became of every value, by the definitions of Jepsen's full set checker, which Maelstrom uses. A value is *known* from its acknowledgement or
/// the first read that holds it; *stable* when it stands in the last read that could tell, from the invocation of the last read that missed it on;
/// *lost* when a read that began after it was known missed it and none that began later holds it; else *never read*. The stable
/// latency is the time from known to stable, 0 where no read that began after it was known missed it; such as have more are *stale*.
/// </summary>
public sealed record SetCheck
{
    public required int Attempts { get; init; }

    public required int Stable { get; init; }

    public required int Stale { get; init; }

    /// <summary>Values, ascending.</summary>
    public required IReadOnlyList<long> Lost { get; init; }

    public required IReadOnlyList<long> NeverRead { get; init; }

    /// <summary>Values that stood twice or more in one read.</summary>
    public required IReadOnlyList<long> Duplicated { get; init; }

    /// <summary>Entries of reads that nobody had sent.</summary>
    public required long Unexpected { get; init; }

    /// <summary>In milliseconds, ascending; one a stable value.</summary>
    public required IReadOnlyList<double> StableLatenciesMs { get; init; }

    /// <summary>In milliseconds, ascending; one a lost value: from known to the last read that held it.</summary>
    public required IReadOnlyList<double> LostLatenciesMs { get; init; }

    /// <summary>Maelstrom's quantile of an ascending sample: the element at floor(n q), at most the last.</summary>
    public static double Quantile(IReadOnlyList<double> ascending, double q)
    {
        ArgumentNullException.ThrowIfNull(ascending);
        ArgumentOutOfRangeException.ThrowIfZero(ascending.Count);
        return ascending[Math.Min(ascending.Count - 1, (int)Math.Floor(ascending.Count * q))];
    }
}
