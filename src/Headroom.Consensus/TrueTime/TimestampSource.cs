namespace Headroom.Consensus.TrueTime;

/// <summary>Where commit timestamps come from.</summary>
public enum TimestampSource
{
    /// <summary>The latest end of the clock's interval, and a wait until its earliest end has passed it [corbett2013, section 4.1.2].</summary>
    TrueTime,

    /// <summary>The clock's middle, without a wait: serializable, and not in the order of real time.</summary>
    LocalClock,

    /// <summary>One process that counts, asked for every commit and snapshot.</summary>
    Oracle,
}
