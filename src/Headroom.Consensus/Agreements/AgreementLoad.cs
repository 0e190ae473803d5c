namespace Headroom.Consensus.Agreements;

/// <summary>What all clients together ask for: operations at a rate, each due at a moment of its own whether or not those before it are answered.</summary>
public sealed record AgreementLoad
{
    public const int OperationsMax = 10_000_000;

    /// <summary>Operations that are measured, of all clients.</summary>
    public required int Operations { get; init; }

    /// <summary>Operations that are due in a second, of all clients.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Of a hundred operations so many are reads.</summary>
    public required int ReadsPercent { get; init; }

    /// <summary>Bytes of a value.</summary>
    public required int ValueBytes { get; init; }

    /// <summary>Values, each with a key or register of its own.</summary>
    public int Keys { get; init; } = 16;

    /// <summary>From the first operation's moment to the last one's.</summary>
    public long DurationNs => (long)Math.Ceiling(Operations / RatePerSecond * 1e9);

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Operations, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Operations, OperationsMax);
        if (!(RatePerSecond > 0 && double.IsFinite(RatePerSecond) && DurationNs > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(RatePerSecond), RatePerSecond, "a rate is above 0, and leaves a nanosecond for all operations");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(ReadsPercent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ReadsPercent, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(ValueBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Keys, 1);
    }
}
