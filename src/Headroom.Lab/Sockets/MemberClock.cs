namespace Headroom.Lab.Sockets;

/// <summary>
/// What the members of one process take for time. Where all members of a run share the process it is looked at once a turn of the loop and <em>stands still</em> while the
/// machine stalls: between two looks it goes on by at most <see cref="LapseNs"/> more than was meant, and never by more than that past a message which the kernel still
/// holds. So a stall never makes a timer fire before a message that the wire would have brought earlier, and all is counted as on a machine that keeps up; for how long
/// it stood still is told. With members elsewhere it is the machine's own clock, which cannot wait for the others; its stalls are told too.
/// </summary>
internal sealed class MemberClock(TimeProvider time, bool standsStill)
{
    public const long LapseNs = 1_000_000;

    private long _readingNs;
    private long _plannedNs;
    private long _origin;

    public bool StandsStill => standsStill;

    public long StoodStillNs { get; private set; }

    /// <summary>The longest time between two looks beyond what was meant.</summary>
    public long LongestStallNs { get; private set; }

    public long NowNs => standsStill ? _readingNs : ElapsedNs;

    private long ElapsedNs => time.GetElapsedTime(_origin).Ticks * 100;

    public void Start()
    {
        _origin = time.GetTimestamp();
        (_readingNs, _plannedNs, StoodStillNs, LongestStallNs) = (0, 0, 0, 0);
    }

    /// <summary>The reading of the machine's clock, on this one.</summary>
    public long Of(long timestamp) => standsStill ? _readingNs : time.GetElapsedTime(_origin, timestamp).Ticks * 100;

    /// <summary>Nothing will be done until then, unless a message comes.</summary>
    public void Plan(long untilNs) => _plannedNs = untilNs;

    /// <summary>A turn of the loop begins; the kernel has held a message since that time, and something is due then: each has its turn at its time, however late it is looked at.</summary>
    public void Look(long? heldSinceNs, long dueNs)
    {
        long liveNs = ElapsedNs - StoodStillNs;
        long mostNs = Math.Max(_readingNs, _plannedNs) + LapseNs;
        LongestStallNs = Math.Max(LongestStallNs, liveNs - mostNs);
        if (!standsStill)
        {
            _readingNs = liveNs;
            return;
        }

        if (heldSinceNs is { } since)
        {
            mostNs = Math.Min(mostNs, Math.Max(_readingNs, since + LapseNs));
        }

        if (liveNs > mostNs)
        {
            StoodStillNs += liveNs - mostNs;
            liveNs = mostNs;
        }

        _readingNs = Math.Max(_readingNs, Math.Min(liveNs, dueNs));
        _plannedNs = 0;
    }
}
