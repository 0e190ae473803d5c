using Headroom.Dissemination.Detection;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Studies.Membership;

/// <summary>The runs of one strategy: one crash each, after some quiet periods.</summary>
internal sealed class MembershipRuns
{
    private const int TrialsMax = 60;
    private const int TrialsMin = 10;

    /// <summary>Messages of all runs of a strategy together, or so.</summary>
    private const double MessagesMax = 1e6;

    private const int QuietPeriodsMin = 2;
    private const int QuietPeriodsMax = 40;
    private const double Within = 0.95;
    private const double SecondsPerDay = 86_400;

    private readonly MembershipInput _input;
    private readonly StudyContext _context;

    private MembershipRuns(DetectionStrategy strategy, MembershipInput input, StudyContext context, IReadOnlyList<DetectionOutcome> outcomes)
    {
        Strategy = strategy;
        Outcomes = outcomes;
        _input = input;
        _context = context;
        MissedGoals = [.. Missed()];
    }

    public DetectionStrategy Strategy { get; }

    public IReadOnlyList<DetectionOutcome> Outcomes { get; }

    public IReadOnlyList<string> MissedGoals { get; }

    public double MemberPeriods => Outcomes.Sum(outcome => outcome.MemberPeriods);

    public long FalselyDeclared => Outcomes.Sum(outcome => (long)outcome.FalselyDeclared);

    public Estimate Noticed => Mean(outcome => Seconds(outcome.FirstDetectedNs[0]));

    public Estimate Known => Mean(outcome => Seconds(outcome.AllKnowNs[0]));

    public Estimate Messages => Mean(outcome => outcome.MessagesPerMemberPeriod);

    public Estimate Bytes => Mean(outcome => outcome.BytesPerMemberPeriod);

    /// <summary>Each period that a member lives through is a trial in which it may be wrongly declared (Clopper and Pearson's interval).</summary>
    public Estimate Mistakes
    {
        get
        {
            double perDay = SecondsPerDay / _input.PeriodSeconds;
            long trials = Math.Max(1, (long)MemberPeriods);
            Interval interval = Distributions.ProportionInterval(Math.Min(FalselyDeclared, trials), trials, 0.95);
            return Estimate.Between(FalselyDeclared * perDay / trials, new Interval(interval.Low * perDay, interval.High * perDay), trials, Simulated);
        }
    }

    public Money? Money => Kernel.Findings.Money.Of(
        ("egress", Bytes.Value * _input.Setting.Members / _input.PeriodSeconds * Unit.Year.Scale * _context.Prices.EgressPerByte()));

    private Provenance Simulated =>
        Provenance.Simulated($"{Strategy} among {_input.Setting.Members} members", _context.Seed.Named(Strategy.Name).Value, Outcomes.Count);

    public static MembershipRuns Of(DetectionStrategy strategy, MembershipInput input, StudyContext context, Action<double, string> report)
    {
        double perPeriod = input.Setting.Members * (strategy.Theory(DetectionMetric.Messages, input.Setting) ?? 2);
        int quiet = Math.Clamp((int)(MessagesMax / (perPeriod * TrialsMin * 4)), QuietPeriodsMin, QuietPeriodsMax);
        int trials = Math.Clamp((int)(MessagesMax / (perPeriod * (quiet + 20))), TrialsMin, TrialsMax) * context.Effort;
        DetectionPlan plan = strategy.Plan(input.Setting with { QuietPeriods = quiet });
        var outcomes = new List<DetectionOutcome>(trials);
        for (int trial = 0; trial < trials; trial++)
        {
            report((double)trial / trials, strategy.Name);
            outcomes.Add(plan(context.Seed.Named(strategy.Name).At(trial), context.Cancellation));
        }

        return new MembershipRuns(strategy, input, context, outcomes);
    }

    /// <summary>Share of the crashes that somebody, or everybody, has declared by then.</summary>
    public IReadOnlyList<(double X, double Y)> Curve(bool byAll)
    {
        double[] times = [.. Outcomes.Select(outcome => Seconds(byAll ? outcome.AllKnowNs[0] : outcome.FirstDetectedNs[0])).Where(double.IsFinite).Order()];
        return [(0, 0), .. times.Select((time, i) => (time, 100.0 * (i + 1) / Outcomes.Count))];
    }

    private IEnumerable<string> Missed()
    {
        if (_input.WithinSeconds is { } within)
        {
            int inTime = Outcomes.Count(outcome => Seconds(outcome.FirstDetectedNs[0]) <= within);
            if (inTime < Within * Outcomes.Count)
            {
                yield return $"noticed within {new Quantity(within, Unit.Second).ToHumanString()}: {inTime} of {Outcomes.Count} crashes";
            }
        }

        if (_input.MistakesPerSecond is { } mistakes && Mistakes.Value > mistakes * SecondsPerDay)
        {
            yield return $"mistakes: {Print.Significant(Mistakes.Value, 3)} a member and day (goal {Print.Significant(mistakes * SecondsPerDay, 3)})";
        }

        if (_input.MessagesPerPeriod is { } messages && Messages.Value > messages)
        {
            yield return $"messages: {Print.Significant(Messages.Value, 4)} a member and period (goal {Print.Significant(messages, 4)})";
        }
    }

    private Estimate Mean(Func<DetectionOutcome, double> value)
    {
        double[] values = [.. Outcomes.Select(value)];
        return values.Any(double.IsPositiveInfinity) ? Estimate.Exact(double.PositiveInfinity, Simulated) : Estimate.Mean(Moments.Of(values), Simulated);
    }

    private static double Seconds(long ns) => ns == DetectionOutcome.Never ? double.PositiveInfinity : ns / 1e9;
}
