namespace Headroom.Dissemination.Ordering;

/// <summary>In which order members deliver.</summary>
public enum DeliveryOrder
{
    /// <summary>The broadcasts of one origin in the order in which it made them.</summary>
    Fifo,

    /// <summary>Moreover no broadcast before those that its origin had delivered when it made it.</summary>
    Causal,
}

/// <summary>The parameters of <see cref="OrderedProcess{TInner}"/>.</summary>
public sealed record OrderOptions
{
    public required DeliveryOrder Order { get; init; }

    /// <summary>How long a broadcast is held back for others; then they are given up, and delivered no more if they come.</summary>
    public required long HoldNs { get; init; }

    /// <summary>Broadcasts held back at a time; one more and the first is let go.</summary>
    public int HeldMax { get; init; } = 64;

    /// <summary>Origins of which a member knows the next number; of more it forgets the first, and takes what comes from it next for the next.</summary>
    public required int OriginsMax { get; init; }

    /// <summary>Payloads whose stamps a member keeps, as many as the inner process may still send.</summary>
    public required int StampsMax { get; init; }

    /// <summary>Broadcasts that one names as delivered before it, the latest of so many origins: more concurrent ones than these are not waited for.</summary>
    public int DependenciesMax { get; init; } = 16;

    /// <summary>The longest stamp.</summary>
    internal int StampLengthMax => Order == DeliveryOrder.Fifo ? Stamp.FixedLength : Stamp.FixedLength + 1 + (Stamp.DependencyLength * DependenciesMax);

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(HoldNs, 1, nameof(HoldNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(HeldMax, 1, nameof(HeldMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(OriginsMax, 1, nameof(OriginsMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(StampsMax, 1, nameof(StampsMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(DependenciesMax, 1, nameof(DependenciesMax));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DependenciesMax, byte.MaxValue, nameof(DependenciesMax));
    }
}
