using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>The metrics of one strategy with their intervals; null where nothing was run that gives them.</summary>
internal sealed class BroadcastEstimates(BroadcastInput input, StudyContext context, BroadcastRuns runs)
{
    public Estimate? Payloads => runs.Arithmetic is { } counted
        ? Estimate.Exact((double)counted.Copies / Math.Max(1, input.Live - 1), Closed)
        : CopiesPerDelivery();

    public Estimate? Bytes => Counted(counted => counted.Bytes, outcome => outcome.WireBytes);

    public Estimate? Messages => Counted(counted => counted.Copies, outcome => outcome.Messages);

    public Estimate? Rounds => runs.RoundsCounted is { } counted
        ? Estimate.Exact(counted.Rounds, Closed)
        : runs.NoRounds is not null ? null
        : Mean(runs.InRounds, outcome => Finite(outcome.TimeToShare(input.Goal.Delivered)), "in synchronous rounds");

    public Estimate? Hops => runs.Arithmetic is null ? Mean(runs.InTime, outcome => outcome.HopsMax, "in time") : null;

    public Estimate? Time => runs.Arithmetic is null
        ? Mean(runs.InTime, outcome => Finite(outcome.TimeToShare(input.Goal.Delivered)) / 1e9, "in time")
        : null;

    public Estimate? Delivered => input.Goal.WithinRounds is { } rounds && runs.RoundsCounted is { } inRounds ? Estimate.Exact(100 * inRounds.ShareBy(rounds), Closed)
        : runs.Arithmetic is null
        ? BroadcastGoals.Judged(input.Goal, runs).Count == 0 ? null : Mean(BroadcastGoals.Judged(input.Goal, runs), outcome => 100 * BroadcastGoals.DeliveredByDeadline(input.Goal, outcome), input.Goal.WithinRounds is null ? "in time" : "in synchronous rounds")
        : input.Goal.WithinNs is null ? Estimate.Exact(100 * runs.Arithmetic.ShareBy(input.Goal.WithinRounds ?? long.MaxValue), Closed) : null;

    /// <summary>What a year's bytes cost where a rate and a price of egress are given.</summary>
    public Money? Money => MoneyOf(Bytes?.Value);

    public Money? MoneyOf(double? bytes) => Kernel.Findings.Money.Of(("egress", bytes * input.RatePerSecond * Unit.Year.Scale * context.Prices.EgressPerByte()));

    private Provenance Closed => Provenance.Model($"{runs.Strategy} of a complete graph, counted: n - 1 copies from the origin and n - 2 from each other live member (n - 1 with echo)");

    private Estimate? Counted(Func<FloodArithmetic, double> closed, Func<BroadcastOutcome, double> run) => runs.Arithmetic is { } counted
        ? Estimate.Exact(closed(counted), Closed)
        : Mean(runs.InTime, run, "in time");

    /// <summary>
    /// All copies over all deliveries. Its interval joins the spread between runs with the binomial error of the losses, which few runs
    /// without a loss would hide.
    /// </summary>
    private Estimate CopiesPerDelivery()
    {
        double copies = runs.InTime.Sum(outcome => (double)outcome.PayloadCopies);
        double deliveries = runs.InTime.Sum(outcome => (double)outcome.Deliveries);
        Provenance provenance = Simulated(runs.InTime.Count, "in time");
        if (deliveries == 0)
        {
            return Estimate.Exact(double.PositiveInfinity, provenance);
        }

        double value = copies / deliveries;
        double[] ratios = [.. runs.InTime.Where(outcome => outcome.Deliveries > 0).Select(outcome => outcome.CopiesPerDelivery)];
        var moments = Moments.Of(ratios);
        double loss = input.Setting.Network.Loss;
        double lossError = value * Math.Sqrt(loss / ((1 - loss) * Math.Max(1, copies)));
        if (moments.Count < 2)
        {
            return Estimate.Mean(moments, provenance);
        }

        double spread = (moments.MeanInterval(0.95).High - moments.Mean) / 1.959963984540054;
        double half = 1.959963984540054 * Math.Sqrt((spread * spread) + (lossError * lossError));
        return Estimate.Between(value, new Interval(value - half, value + half), ratios.Length, provenance);
    }

    private Estimate Mean(IReadOnlyList<BroadcastOutcome> outcomes, Func<BroadcastOutcome, double> value, string mode)
    {
        Provenance provenance = Simulated(outcomes.Count, mode);
        double[] values = [.. outcomes.Select(value)];
        return values.Any(double.IsPositiveInfinity)
            ? Estimate.Exact(double.PositiveInfinity, provenance)
            : Estimate.Mean(Moments.Of(values), provenance);
    }

    private Provenance Simulated(int trials, string mode) =>
        Provenance.Simulated($"{runs.Strategy} among {input.Setting.Members} members {mode}", context.Seed.Named(runs.Strategy.Name).Value, trials);

    private static double Finite(long time) => time == BroadcastOutcome.Never ? double.PositiveInfinity : time;
}
