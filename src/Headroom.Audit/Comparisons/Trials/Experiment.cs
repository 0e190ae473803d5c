namespace Headroom.Audit.Comparisons.Trials;

/// <summary>One trial by its number: every draw comes from a seed derived from that number, so trials are independent and in any order the same.</summary>
public delegate Trial TrialFunction(long index, CancellationToken cancellation);

/// <summary>Independent trials of one thing.</summary>
public sealed record Experiment
{
    /// <summary>Everything that determines its values, in words; equal keys give equal values.</summary>
    public required string Key { get; init; }

    /// <summary>For people who wait.</summary>
    public required string Doing { get; init; }

    /// <summary>Expected events of one trial, for estimates of time alone; at least 1.</summary>
    public required double Work { get; init; }

    /// <summary>Trials that suffice however many are asked for: 1 where nothing is random.</summary>
    public int TrialsMax { get; init; } = int.MaxValue;

    /// <summary>Values whose intervals a budget is spent on.</summary>
    public IReadOnlyList<string> Judged { get; init; } = [];

    /// <summary>What its trials share, made once; the function is called from several threads.</summary>
    public required Func<TrialFunction> Prepare { get; init; }
}
