using Headroom.Dissemination.Memory;

namespace Headroom.Dissemination.Switching;

/// <summary>What a member knows of one broadcast beside the payload.</summary>
public struct SpreadState
{
    /// <summary>When it got the payload, on its own clock.</summary>
    internal long TakenNs;

    internal int Origin;
    internal SpreadMode Mode;
}

/// <summary>What a member observes, and what it makes of it.</summary>
internal struct Observation
{
    public SpreadMode Mode;

    /// <summary>Estimate of the share of probes that are not answered: below 0 for a while when answers come late.</summary>
    public double Missed;

    /// <summary>Estimate of a probe's time there and back, of the quickest of all probes.</summary>
    public double ProbeNs;

    public long QuickestNs;

    /// <summary>Answers since the last probe.</summary>
    public int Answers;

    public bool HasProbed;

    public int ProbesInMode;

    /// <summary>The mode that observations ask for, and for how many probes in a row they have.</summary>
    public SpreadMode Wanted;

    public int ProbesWanted;
    public int Switches;
    public bool IsCrowded;

    /// <summary>The loss each way that would leave as many probes without an answer: 1 - sqrt(1 - missed).</summary>
    public readonly double Loss => 1 - Math.Sqrt(1 - Math.Clamp(Missed, 0, 1));

    public readonly double Queue => QuickestNs == 0 ? 1 : ProbeNs / QuickestNs;
}

/// <summary>The tables that members of one run share.</summary>
public sealed class SwitchingTables(int members, int remembered)
{
    internal BroadcastMemory<SpreadState> Memory { get; } = new(members, remembered);

    internal Observation[] Observations { get; } = new Observation[members];

    /// <summary>How a member would spread a broadcast of its own now.</summary>
    public SpreadMode ModeOf(int member) => Observations[member].Mode;

    /// <summary>How often a member has changed its mode.</summary>
    public int SwitchesOf(int member) => Observations[member].Switches;

    /// <summary>What a member holds for the share of messages lost.</summary>
    public double LossSeenBy(int member) => Observations[member].Loss;
}
