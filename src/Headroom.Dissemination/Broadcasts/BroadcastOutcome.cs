namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// What one broadcast did. <em>Delivered</em> and the times count live members, the origin among them; a time never reached is
/// <see cref="Never"/>.
/// </summary>
public sealed record BroadcastOutcome
{
    public const long Never = long.MaxValue;

    public required int Members { get; init; }

    public required int Live { get; init; }

    public required int Delivered { get; init; }

    /// <summary>False where a fault took the origin: it is not among the live ones then.</summary>
    public bool OriginLives { get; init; } = true;

    /// <summary>False where the origin does not live, or was down when it was asked and never heard of its own broadcast.</summary>
    public bool OriginHasIt { get; init; } = true;

    /// <summary>Messages that carried the payload, counted when sent.</summary>
    public required long PayloadCopies { get; init; }

    public required long PayloadCopiesReceived { get; init; }

    public required long Messages { get; init; }

    /// <summary>Bytes put on the wire, headers included.</summary>
    public required long WireBytes { get; init; }

    /// <summary>Messages lost on links.</summary>
    public required long Lost { get; init; }

    /// <summary>The longest path that the payload took to a member it reached.</summary>
    public int HopsMax => Hops.Count == 0 ? 0 : Hops[Hops.Count - 1];

    /// <summary>Links that the payload crossed to each live member it reached, ascending, the origin's 0 first.</summary>
    public required IReadOnlyList<int> Hops { get; init; }

    /// <summary>When each live member delivered, ascending, in nanoseconds or rounds; those never reached stand at the end.</summary>
    public required IReadOnlyList<long> Times { get; init; }

    /// <summary>Events of the whole run, settling included: the work it took.</summary>
    public required long Events { get; init; }

    /// <summary>Live members besides the origin.</summary>
    public int Receivers => Live - (OriginLives ? 1 : 0);

    /// <summary>Live members delivered besides the origin.</summary>
    public int Deliveries => Delivered - Own;

    /// <summary>Share of the live members besides the origin that delivered; 1 when there are none.</summary>
    public double ShareDelivered => Receivers <= 0 ? 1 : (double)Deliveries / Receivers;

    /// <summary>When the last member that delivered did; 0 where nobody lives to tell.</summary>
    public long LastNs => Delivered == 0 ? 0 : Times[Delivered - 1];

    /// <summary><see cref="Times"/> without the origin's.</summary>
    public IEnumerable<long> ReceiverTimes => Times.Skip(Own).Take(Receivers);

    /// <summary><see cref="Hops"/> without the origin's.</summary>
    public IEnumerable<int> ReceiverHops => Hops.Skip(Own);

    private int Own => OriginHasIt ? 1 : 0;

    /// <summary>Payload copies sent for each delivery; infinite when there was none.</summary>
    public double CopiesPerDelivery => Deliveries == 0 ? double.PositiveInfinity : (double)PayloadCopies / Deliveries;

    /// <summary>
    /// When the given share of the live members besides the origin had delivered; <see cref="Never"/> when that many never did.
    /// </summary>
    public long TimeToShare(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        int wanted = (int)Math.Ceiling((share * Receivers) - 1e-9);
        // Who is the wanted-th besides the origin, whose own time comes first.
        return wanted == 0 ? 0 : Times[wanted - 1 + Own];
    }

    /// <summary>Share of the live members besides the origin that had delivered by the end of that time; 1 when there are none.</summary>
    public double ShareBy(long time)
    {
        if (Receivers <= 0)
        {
            return 1;
        }

        int low = 0;
        int high = Times.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Times[middle] <= time && Times[middle] != Never ? (middle + 1, high) : (low, middle);
        }

        return (double)Math.Max(0, low - Own) / Receivers;
    }
}
