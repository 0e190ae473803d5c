namespace Headroom.Audit.Comparisons.Trials;

/// <summary>How a comparison is run; nothing here changes a value but the number of trials.</summary>
public sealed record RunOptions
{
    public required TrialPolicy Policy { get; init; }

    public required int Threads { get; init; }

    /// <summary>The shell's clock: for estimates of time, and for a budget.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The command that gives the result, as a user would type it.</summary>
    public required string Command { get; init; }

    /// <summary>The file of finished experiments; null to keep none.</summary>
    public string? Journal { get; init; }

    /// <summary>Told once, before the run: how many experiments there are, how many are finished already, and about how long it will take.</summary>
    public Action<int, int, TimeSpan>? OnPlanned { get; init; }

    public Action<RunProgress>? OnProgress { get; init; }
}
