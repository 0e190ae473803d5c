using Headroom.Dissemination.Memory;

namespace Headroom.Dissemination.Ordering;

/// <summary>What a member knows of one origin: its life, and the number that it delivers next.</summary>
internal struct OriginState
{
    public uint Life;
    public uint Next;
}

/// <summary>A payload that waits for earlier ones.</summary>
internal struct Held
{
    public int Body;
    public long DueNs;
}

/// <summary>The tables that the members of one run share.</summary>
public sealed class OrderTables(int members, OrderOptions options)
{
    internal StampRows Stamps { get; } = new(members, options.StampsMax, options.StampLengthMax);

    /// <summary>By the origin's number.</summary>
    internal BroadcastMemory<OriginState> Origins { get; } = new(members, options.OriginsMax);

    internal GrowingRows<Held> Held { get; } = new(members, options.HeldMax);

    /// <summary>What a member has delivered and would name in its next broadcast: the latest of each origin that is not already named by another.</summary>
    internal GrowingRows<(int Origin, uint Number)> Dependencies { get; } = new(members, options.DependenciesMax);

    internal long[] HeldSoFar { get; } = new long[members];

    /// <summary>Payloads that a member has held back so far.</summary>
    public long HeldSoFarBy(int member) => HeldSoFar[member];

    internal void Clear(int member)
    {
        Stamps.Clear(member);
        Origins.Clear(member);
        Held.Clear(member);
        Dependencies.Clear(member);
    }
}
