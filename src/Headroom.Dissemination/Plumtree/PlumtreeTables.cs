using Headroom.Dissemination.HyParView;
using Headroom.Dissemination.Memory;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Plumtree;

/// <summary>What the members of one run share: their links (marked when lazy), what they remember of broadcasts, and the membership, if any, that finds the links.</summary>
public sealed class PlumtreeTables
{
    private PlumtreeTables(PlumtreeOptions options, MemberRows links, int remembered)
    {
        options.Validate();
        Options = options;
        Links = links;
        Memory = new BroadcastMemory<PlumtreeState>(links.Members, remembered);
        MissingTimersNs = new long[links.Members];
        IsAnnounceTimerSet = new bool[links.Members];
    }

    public PlumtreeOptions Options { get; }

    /// <summary>Each member's links; the marked ones are lazy, the others eager.</summary>
    public MemberRows Links { get; }

    public BroadcastMemory<PlumtreeState> Memory { get; }

    /// <summary>Null where the links are given.</summary>
    public HyParViewMembership? Membership { get; private init; }

    /// <summary>The given links; null where a membership finds them.</summary>
    public Topology? Topology { get; private init; }

    /// <summary>For when each member's timer is set, on its clock; 0 when it is not.</summary>
    internal long[] MissingTimersNs { get; }

    internal bool[] IsAnnounceTimerSet { get; }

    /// <summary>Over the links of a topology.</summary>
    public static PlumtreeTables Over(Topology topology, PlumtreeOptions options, int remembered) =>
        new(options, MemberRows.Of(topology), remembered) { Topology = topology };

    /// <summary>Over the active views of a membership.</summary>
    public static PlumtreeTables Over(HyParViewOptions membership, PlumtreeOptions options, int remembered)
    {
        var views = new HyParViewMembership(membership);
        return new PlumtreeTables(options, views.Active, remembered) { Membership = views };
    }

    /// <summary>A member lost its memory.</summary>
    internal void Clear(int member)
    {
        Memory.Clear(member);
        MissingTimersNs[member] = 0;
        IsAnnounceTimerSet[member] = false;
        if (Topology is not null)
        {
            Links.Fill(member, Topology);
        }
    }
}
