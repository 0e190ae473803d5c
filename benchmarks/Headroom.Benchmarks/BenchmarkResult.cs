namespace Headroom.Benchmarks;

/// <summary>
/// One line of <c>./bench</c>: a rate, its ratio to a peer or to a physical limit measured in the same run, and the goal for that ratio
/// (at least, unless <see cref="GoalIsAtMost"/>). Without a goal there is nothing to meet.
/// </summary>
public sealed record BenchmarkResult(string Name, double Rate, string Unit, double Ratio, string Against, double? Goal = null, bool GoalIsAtMost = false)
{
    public bool? Met => Goal is null ? null : GoalIsAtMost ? Ratio <= Goal : Ratio >= Goal;
}
