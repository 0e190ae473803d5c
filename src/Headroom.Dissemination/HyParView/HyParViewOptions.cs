namespace Headroom.Dissemination.HyParView;

/// <summary>The parameters of <see cref="HyParViewMembership"/>; the defaults are those of [leitao2007b] for 10,000 members.</summary>
public sealed record HyParViewOptions
{
    /// <summary>Rows are searched on the stack.</summary>
    public const int ViewMax = 255;

    public required int Members { get; init; }

    /// <summary>Neighbours that a member keeps a link to.</summary>
    public int ActiveView { get; init; } = 5;

    /// <summary>Members that it knows besides, to replace neighbours that fail.</summary>
    public int PassiveView { get; init; } = 30;

    /// <summary>Hops that a join is forwarded, and a shuffle (ARWL).</summary>
    public int ActiveWalk { get; init; } = 6;

    /// <summary>The hops left at which a forwarded join enters a passive view (PRWL).</summary>
    public int PassiveWalk { get; init; } = 3;

    /// <summary>Neighbours told in a shuffle.</summary>
    public int ShuffledActive { get; init; } = 3;

    /// <summary>Members of the passive view told in a shuffle.</summary>
    public int ShuffledPassive { get; init; } = 4;

    /// <summary>
    /// A member with fewer neighbours asks with priority, which is never declined; half the view by default. The paper says 1; here messages are lost,
    /// and a member of one or two links is the first that is cut off.
    /// </summary>
    public int PriorityBelow => (ActiveView + 1) / 2;

    public required long ShufflePeriodNs { get; init; }

    /// <summary>How often a member shuffles after it joined, then its views rest until a neighbour fails; <see cref="int.MaxValue"/> for ever.</summary>
    public int Shuffles { get; init; } = int.MaxValue;

    /// <summary>How long a member waits for an answer before it takes whom it asked for dead.</summary>
    public required long ReplyNs { get; init; }

    /// <summary>
    /// The time in which the number of members doubles while all join: member i joins at this pace times log2(i + 1), linear between powers of two,
    /// through a random one of the members that joined at least so long before it.
    /// </summary>
    public required long JoinPaceNs { get; init; }

    /// <summary>Members of the passive view that a member asks in a row, after a neighbour failed or in a shuffle period.</summary>
    public int RepairAttempts { get; init; } = 4;

    /// <summary>Contacts that a member tries at first, or in a shuffle period, before it stays alone.</summary>
    public int JoinAttempts { get; init; } = 30;

    /// <summary>When a member joins.</summary>
    public long JoinNs(int member)
    {
        int doublings = int.Log2(member + 1);
        long start = 1L << doublings;
        return (doublings * JoinPaceNs) + (long)((Int128)(member + 1 - start) * JoinPaceNs / start);
    }

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Members, 1, nameof(Members));
        RequireBetween(ActiveView, 1, ViewMax, nameof(ActiveView));
        RequireBetween(PassiveView, 1, ViewMax, nameof(PassiveView));
        RequireBetween(ActiveWalk, 0, byte.MaxValue, nameof(ActiveWalk));
        RequireBetween(PassiveWalk, 0, ActiveWalk, nameof(PassiveWalk));
        RequireBetween(ShuffledActive, 0, ActiveView, nameof(ShuffledActive));
        RequireBetween(ShuffledPassive, 0, PassiveView, nameof(ShuffledPassive));
        RequireBetween(ShuffledActive + ShuffledPassive, 0, ViewMax, nameof(ShuffledPassive));
        RequireBetween(RepairAttempts, 0, byte.MaxValue, nameof(RepairAttempts));
        RequireBetween(JoinAttempts, 1, byte.MaxValue, nameof(JoinAttempts));
        ArgumentOutOfRangeException.ThrowIfNegative(Shuffles, nameof(Shuffles));
        ArgumentOutOfRangeException.ThrowIfLessThan(ShufflePeriodNs, 1, nameof(ShufflePeriodNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(ReplyNs, 1, nameof(ReplyNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(JoinPaceNs, 1, nameof(JoinPaceNs));
    }

    private static void RequireBetween(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
