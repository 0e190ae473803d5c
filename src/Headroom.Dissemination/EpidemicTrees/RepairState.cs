namespace Headroom.Dissemination.EpidemicTrees;

/// <summary>What a member of an epidemic broadcast tree knows of one broadcast beside the payload; times on its own clock, 0 for none.</summary>
public struct RepairState
{
    /// <summary>When the next digests go out.</summary>
    internal long RepairAtNs;

    /// <summary>When a pull that was not answered is repeated.</summary>
    internal long PullAtNs;

    internal int PeriodsLeft;
    internal int LastOffer;
    internal int PullsLeft;
    internal bool HasPulled;
}
