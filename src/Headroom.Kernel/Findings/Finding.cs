using Headroom.Kernel.Bounds;

namespace Headroom.Kernel.Findings;

/// <summary>
/// One strategy on one metric: its value, whether it meets every stated goal (and which it misses), what it costs a year where prices are given.
/// A candidate that the bound does not speak of says why.
/// </summary>
public sealed record Candidate(string Strategy, Estimate Value)
{
    /// <summary>The goals it misses, in words; empty when it meets all.</summary>
    public IReadOnlyList<string> MissedGoals { get; init; } = [];

    public bool MeetsGoals => MissedGoals.Count == 0;

    /// <summary>What it costs, or null without prices.</summary>
    public Money? Money { get; init; }

    /// <summary>Dollars per year, or null without prices.</summary>
    public double? MoneyPerYear => Money?.DollarsPerYear;

    /// <summary>Why the finding's bound says nothing of this candidate, or null.</summary>
    public string? OutsideRegime { get; init; }

    /// <summary>A line for the reader: what this strategy trades.</summary>
    public string Note { get; init; } = "";
}

/// <summary>A bound's value for this activity, or a reference where no theorem gives a number.</summary>
public sealed record Limit
{
    public required string Id { get; init; }

    public required BoundValue Value { get; init; }

    public required Side Side { get; init; }

    public required string Regime { get; init; }

    public required Provenance Provenance { get; init; }

    /// <summary>True for a theorem; false for a reference, which carries no verdict.</summary>
    public required bool IsBound { get; init; }

    /// <summary>The arguments as typed for <c>headroom limit</c>; empty for a reference.</summary>
    public string Arguments { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>What an activity at the limit would cost, or null.</summary>
    public Money? Money { get; init; }

    /// <summary>Dollars per year at the limit, or null.</summary>
    public double? MoneyPerYear => Money?.DollarsPerYear;

    public static Limit Of(Bound bound, BoundArguments arguments, Money? money = null)
    {
        ArgumentNullException.ThrowIfNull(bound);
        return new Limit
        {
            Id = bound.Id,
            Title = bound.Title,
            Value = bound.Evaluate(arguments),
            Side = bound.Side,
            Regime = bound.Regime,
            Provenance = Provenance.Theorem(bound.Citation.ToString()),
            IsBound = true,
            Arguments = arguments.ToString(),
            Money = money,
        };
    }

    public static Limit Reference(string id, string title, double value, Side side, string what, Provenance provenance, Money? money = null) => new()
    {
        Id = id,
        Title = title,
        Value = BoundValue.Of(value),
        Side = side,
        Regime = what,
        Provenance = provenance,
        IsBound = false,
        Money = money,
    };
}

/// <summary>What we would do, what it trades, and how sure we are.</summary>
public sealed record Advice(string Reason, string TradeOffs, string Confidence);

/// <summary>What a study found on one metric of one activity.</summary>
public sealed record Finding
{
    /// <summary>Activity and metric: <c>price-push/payloads</c>.</summary>
    public required string Id { get; init; }

    public required string Activity { get; init; }

    public required string Kind { get; init; }

    public required Metric Metric { get; init; }

    /// <summary>True for the one metric of an activity that ranks its strategies.</summary>
    public required bool Headline { get; init; }

    public required Candidate Now { get; init; }

    /// <summary>The best candidate that meets every goal, or null when none does.</summary>
    public required Candidate? Best { get; init; }

    public required Limit? Limit { get; init; }

    /// <summary>Every strategy tried, <see cref="Now"/> among them.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    public required Advice Advice { get; init; }

    /// <summary>The verdict on the best value, or Violated if any candidate in the regime crosses the bound.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>What the verdict rests on, in words: why outside the regime, who violated.</summary>
    public string VerdictReason { get; init; } = "";

    public double? Headroom => Limit is null || Limit.Side != Metric.Side || Now.OutsideRegime is not null
        ? null
        : Gap.Headroom(Now.Value.Value, Limit.Value, Metric.Side);

    /// <summary>Dollars per year from now to best.</summary>
    public double? MoneyToBest => Now.MoneyPerYear - Best?.MoneyPerYear;

    /// <summary>Dollars per year from now to the limit.</summary>
    public double? MoneyToLimit => Now.MoneyPerYear - Limit?.MoneyPerYear;

    /// <summary>False when any number of it was measured on this machine.</summary>
    public bool IsReproducible => Now.Value.Provenance.IsReproducible && Candidates.All(c => c.Value.Provenance.IsReproducible);
}
