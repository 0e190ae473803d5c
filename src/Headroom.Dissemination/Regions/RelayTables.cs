using Headroom.Dissemination.Memory;

namespace Headroom.Dissemination.Regions;

/// <summary>What a member knows of one broadcast beside the payload.</summary>
public struct RelayState
{
    /// <summary>Whether it told the relays of the other regions.</summary>
    internal bool IsEverywhere;

    /// <summary>The root of the tree down which it last forwarded, its place in the region counted from 1; 0 for none.</summary>
    internal int Root;
}

/// <summary>A copy that waits for its acknowledgement.</summary>
internal struct PendingCopy
{
    public long Broadcast;
    public long DueNs;
    public int Peer;
    public int Root;
    public RegionVerb Verb;
    public byte Sendings;
}

/// <summary>The tables that members of one run share.</summary>
public sealed class RelayTables(int members, int remembered, RelayOptions options)
{
    /// <summary>Copies that a member has under way at a time; those beyond are sent once and not watched.</summary>
    private const int PendingMax = 1 << 16;

    internal BroadcastMemory<RelayState> Memory { get; } = new(members, remembered);

    /// <summary>Whom each member holds for dead.</summary>
    internal PeerRows Suspects { get; } = new(members, options.SuspectsMax);

    /// <summary>Copies under way: those of relays and of inner members of trees.</summary>
    internal GrowingRows<PendingCopy> Pending { get; } = new(members, PendingMax);

    internal void Clear(int member)
    {
        Memory.Clear(member);
        Suspects.Clear(member);
        Pending.Clear(member);
    }
}
