using Headroom.Kernel.Statistics;

namespace Headroom.Consensus.TrueTime;

/// <summary>Counts beside a run; nothing in the run depends on it.</summary>
public sealed class CommitMeter
{
    internal Moments WaitMoments;
    internal Moments ExtraMoments;
    internal Moments OverlapMoments;
    internal Moments UncertaintyMoments;
    internal Moments ParticipantMoments;

    /// <summary>Prepared transactions that new leaders took over.</summary>
    public int TakenOver { get; internal set; }

    /// <summary>All messages, of aborted attempts too; of the groups' own those that carry entries, and their answers.</summary>
    public long Messages { get; internal set; }

    /// <summary>From the reading that a commit timestamp rests on to the moment at which it has certainly passed and may be told, by the server's clock, in ns; the time for votes is in it.</summary>
    public Moments Wait => WaitMoments;

    /// <summary>What of it came after the commit was replicated: the wait that is paid.</summary>
    public Moments ExtraWait => ExtraMoments;

    /// <summary>From the same reading to when the commit was replicated and could have been told anyway, in ns.</summary>
    public Moments Overlap => OverlapMoments;

    /// <summary>The clock's uncertainty at both ends of the wait, in ns.</summary>
    public Moments Uncertainty => UncertaintyMoments;

    /// <summary>Groups of a committed transaction.</summary>
    public Moments Participants => ParticipantMoments;
}
