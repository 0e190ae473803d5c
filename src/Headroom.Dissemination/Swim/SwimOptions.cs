namespace Headroom.Dissemination.Swim;

/// <summary>The parameters of <see cref="SwimProcess"/> [das2002].</summary>
public sealed record SwimOptions
{
    /// <summary>Numbers of members fit four bytes, their pairs an array.</summary>
    public const int MembersMax = 20_000;

    public required int Members { get; init; }

    public required long PeriodNs { get; init; }

    /// <summary>How long an answer may take before others are asked to try.</summary>
    public required long AnswerNs { get; init; }

    /// <summary>Members asked to try (k).</summary>
    public int Proxies { get; init; } = 3;

    /// <summary>Periods that a suspect has to say that it lives; 0 declares it dead at once.</summary>
    public required int SuspicionPeriods { get; init; }

    /// <summary>How often a member passes on one piece of news: lambda ln n, rounded up.</summary>
    public required int Repeats { get; init; }

    /// <summary>News in one message at most.</summary>
    public int NewsPerMessage { get; init; } = 6;

    /// <summary>News that a member holds for passing on; the most repeated makes room.</summary>
    public int NewsHeld { get; init; } = 32;

    /// <summary>Each member asks all others in turn in an order of its own, anew each time; otherwise a random one each period, as the analysis has it.</summary>
    public bool InTurn { get; init; } = true;

    /// <summary>All begin their periods together.</summary>
    public bool InStep { get; init; }

    public void Validate()
    {
        RequireBetween(Members, 1, MembersMax, nameof(Members));
        ArgumentOutOfRangeException.ThrowIfLessThan(AnswerNs, 1, nameof(AnswerNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(PeriodNs, AnswerNs, nameof(PeriodNs));
        RequireBetween(Proxies, 0, byte.MaxValue, nameof(Proxies));
        RequireBetween(SuspicionPeriods, 0, 1_000_000, nameof(SuspicionPeriods));
        RequireBetween(Repeats, 1, byte.MaxValue, nameof(Repeats));
        RequireBetween(NewsPerMessage, 1, SwimHead.NewsMax, nameof(NewsPerMessage));
        RequireBetween(NewsHeld, NewsPerMessage, 1000, nameof(NewsHeld));
    }

    private static void RequireBetween(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
