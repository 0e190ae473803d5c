namespace Headroom.Benchmarks.Simulation;

/// <summary>How far ahead events are scheduled.</summary>
public enum DelayShape
{
    /// <summary>Mean 1 ms.</summary>
    Exponential,

    /// <summary>0 to 2 ms.</summary>
    Uniform,

    /// <summary>The sum of two uniform on 0 to 1 ms.</summary>
    Triangular,

    /// <summary>Nine of ten within 0.1 ms, the tenth 10 ms later.</summary>
    Bimodal,

    /// <summary>Five hundred at one of seven times 10 ms apart, then at the next.</summary>
    Bursty,

    /// <summary>No delay: one time for all.</summary>
    Equal,

    /// <summary>One round for all.</summary>
    Rounds,

    /// <summary>One in a hundred up to 18 minutes ahead, the others within 0.1 ms.</summary>
    Far,

    /// <summary>Half are timers of 10 s, half within 0.1 ms.</summary>
    Timers,

    /// <summary>40 ms and exponential 5 ms more, as on a link.</summary>
    Link,
}
