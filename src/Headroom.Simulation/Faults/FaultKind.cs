namespace Headroom.Simulation.Faults;

/// <summary>What kind of fault strikes, or what ends one.</summary>
public enum FaultKind
{
    /// <summary>The member stops and forgets all but its durable records; what reaches it is lost.</summary>
    Crash,

    /// <summary>
    /// As <see cref="Crash"/>, in the midst of a write: of the bytes that were not durable yet a share (<see cref="Fault.Share"/>) reached the disk, so that some records
    /// survive that nobody was told of, and one may be torn: its beginning is there.
    /// </summary>
    TornCrash,

    /// <summary>The member stops and keeps its state; what reaches it is lost, its own timers and records wait.</summary>
    CrashWithMemory,

    /// <summary>A crashed member starts again: from its durable records, or from its memory where that was kept.</summary>
    Restart,

    /// <summary>The member does nothing; what happens to it waits and is taken in afterwards, in order.</summary>
    Pause,

    Resume,

    /// <summary>Each input takes the member a time (<see cref="Fault.DelayNs"/>, 0 to end it) in which others wait in its queue.</summary>
    Slow,

    /// <summary>The member's clock leaps by <see cref="Fault.DelayNs"/> and runs fast or slow from now on. Timers that are set keep their moment.</summary>
    Clock,

    /// <summary>A member that was not there starts. One whose first such fault is this is not there from the beginning.</summary>
    Join,

    /// <summary>The member goes for good, its records too; when it joins again it starts anew.</summary>
    Leave,

    /// <summary>Nothing passes between two members any more; both are told.</summary>
    LinkDown,

    LinkUp,

    /// <summary>Nothing that is sent from the member to the peer arrives; the way back works; nobody is told.</summary>
    Cut,

    /// <summary>Ends a <see cref="Cut"/>.</summary>
    Mend,

    /// <summary>Nothing that is sent from one of the sets to another arrives; nobody is told. Members in no set reach all. Replaces an earlier partition.</summary>
    Partition,

    /// <summary>Ends the partition.</summary>
    Unite,

    /// <summary>All links lose this share of the messages besides what they lose themselves; 0 ends it.</summary>
    Loss,

    /// <summary>Ends partition, cuts, links down and loss.</summary>
    Heal,

    /// <summary>
    /// As <see cref="Heal"/>; and the members of the core, the one set, are up at full speed (those that crashed restart, those that are not there
    /// join), and links among them lose nothing from now on, not even what the network's options would. (A full queue still overflows.)
    /// </summary>
    HealCore,
}
