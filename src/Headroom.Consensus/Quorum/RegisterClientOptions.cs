namespace Headroom.Consensus.Quorum;

/// <summary>How a client of registers works: operations one after the other, each at its moment or, if the one before took longer, after it.</summary>
public sealed record RegisterClientOptions
{
    public const int OperationsMax = 1 << 20;

    public required int Operations { get; init; }

    /// <summary>The first operation's moment.</summary>
    public long StartNs { get; init; }

    /// <summary>Operations begin after a time drawn evenly from none to twice this; with 0, as fast as answers come.</summary>
    public required long PauseNs { get; init; }

    /// <summary>In place of pauses: from one operation's moment to the next, each at a moment drawn evenly in its period or, if the one before took longer, after it; 0 for pauses.</summary>
    public long PeriodNs { get; init; }

    /// <summary>With a period: so many of the operations come first, as fast as answers come, and write the registers in turn; the others wait for <see cref="LoadNs"/>.</summary>
    public int WarmUps { get; init; }

    /// <summary>With a period: the first moment of those that do not warm up.</summary>
    public long LoadNs { get; init; }

    /// <summary>Of a hundred operations so many are reads; the rest write.</summary>
    public int ReadsPercent { get; init; } = 50;

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Operations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Operations, OperationsMax);
        ArgumentOutOfRangeException.ThrowIfNegative(StartNs);
        ArgumentOutOfRangeException.ThrowIfNegative(PauseNs);
        ArgumentOutOfRangeException.ThrowIfNegative(PeriodNs);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUps);
        ArgumentOutOfRangeException.ThrowIfNegative(LoadNs);
        ArgumentOutOfRangeException.ThrowIfNegative(ReadsPercent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ReadsPercent, 100);
    }
}
