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
internal struct Pending
{
    public long Broadcast;
    public long DueNs;
    public int Peer;
    public int Root;
    public RegionVerb Verb;
    public byte Sendings;
}

/// <summary>
/// The tables that members of one run share. A member's copies under way take room only once it has sent some: relays and inner members of trees.
/// </summary>
public sealed class RelayTables(int members, int remembered, RelayOptions options)
{
    /// <summary>Copies that a member has under way at a time; those beyond are sent once and not watched.</summary>
    private const int PendingMax = 1 << 16;

    private readonly Pending[]?[] _pending = new Pending[]?[members];
    private readonly int[] _pendingCounts = new int[members];

    internal BroadcastMemory<RelayState> Memory { get; } = new(members, remembered);

    /// <summary>Whom each member holds for dead.</summary>
    internal PeerRows Suspects { get; } = new(members, options.SuspectsMax);

    internal Span<Pending> PendingOf(int member) => _pending[member].AsSpan(0, _pendingCounts[member]);

    internal void Watch(int member, in Pending pending)
    {
        ref int count = ref _pendingCounts[member];
        if (count == PendingMax)
        {
            return;
        }

        Pending[] row = _pending[member] ??= new Pending[4];
        if (count == row.Length)
        {
            Array.Resize(ref _pending[member], 2 * count);
            row = _pending[member]!;
        }

        row[count++] = pending;
    }

    /// <summary>Takes the i-th copy from the list; the last takes its place.</summary>
    internal void Settle(int member, int i)
    {
        Pending[] row = _pending[member]!;
        row[i] = row[--_pendingCounts[member]];
    }

    internal void Clear(int member)
    {
        Memory.Clear(member);
        Suspects.Clear(member);
        _pendingCounts[member] = 0;
    }
}
