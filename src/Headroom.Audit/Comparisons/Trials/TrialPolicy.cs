namespace Headroom.Audit.Comparisons.Trials;

/// <summary>
/// How many trials: a fixed number, or, with a budget of time, as many as it takes until the intervals are narrow or the time is over. A budget
/// decides how many trials there are, never what one gives.
/// </summary>
public sealed record TrialPolicy
{
    /// <summary>The number asked for; with a budget the most.</summary>
    public required int Trials { get; init; }

    public TimeSpan? Budget { get; init; }

    /// <summary>With a budget every experiment gets these first.</summary>
    public int TrialsFirst { get; init; } = 4;

    /// <summary>With a budget: narrow is a 95 % interval of at most the mean plus or minus this share of it.</summary>
    public double NarrowShare { get; init; } = 0.01;

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Trials, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TrialsFirst, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(NarrowShare);
    }

    /// <summary>Whether more trials would say little more.</summary>
    public bool IsEnough(Experiment experiment, ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(result);
        return result.Trials >= Most(experiment) || (Budget is not null && experiment.Judged.All(name => result.RelativeHalfWidth(name) <= NarrowShare));
    }

    public int Most(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return Math.Min(Trials, experiment.TrialsMax);
    }
}
