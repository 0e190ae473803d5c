using Headroom.Balancing.Pools;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;
using Headroom.Queueing.Models;

namespace Headroom.Audit.Studies.Serve;

/// <summary>What <see cref="ServeStudy"/> says about its numbers.</summary>
internal static class ServeAdvice
{
    public static string Time(double seconds) => new Quantity(seconds, Unit.Second).ToHumanString();

    public static string Percent(double share) => $"{Print.Significant(100 * share, 3)} %";

    public static string Signed(double change) => (change >= 0 ? "+" : "") + Percent(change);

    private static string Servers(double count) => count == 1 ? "1 server" : $"{count:0} servers";

    public static Advice OnDelay(ServeInput input, Finding finding)
    {
        string metric = finding.Metric.Name;
        if (input.Utilisation >= 1)
        {
            return new Advice(
                $"{input.Servers} servers cannot do {Print.Significant(input.Erlangs, 4)} seconds of work a second: the queue grows for as long as this lasts, under any strategy. At least {Math.Floor(input.Erlangs) + 1:0} servers are needed to keep up.",
                "More servers cost money; shedding load costs requests.",
                "Certain: it is arithmetic on the stated rates.");
        }

        string seen = input.Family is null
            ? "Simulated on the recorded times; the note on sensitivity says what their shape decides."
            : $"Simulated with {input.Service} service; the note on sensitivity says what that choice decides.";
        if (finding.Best is not { } best)
        {
            return new Advice(
                $"No strategy is known to meet the goal with {input.Servers} servers; see the finding on servers.", "More servers cost money.", seen);
        }

        if (best.Strategy == finding.Now.Strategy)
        {
            return new Advice($"{best.Strategy} is already the best of those tried.", "None.", seen);
        }

        if (finding.Now.MeetsGoals && finding.Now.Value.Value <= 1.01 * best.Value.Value)
        {
            return new Advice($"Leave it: {finding.Now.Strategy} is within 1 % of the best of those tried ({best.Strategy}).", "None.", seen);
        }

        bool isApart = best.Value.High < finding.Now.Value.Low;
        string gain = finding.Now.Value.Value > 0 ? $", {Percent(1 - (best.Value.Value / finding.Now.Value.Value))} less" : "";
        return new Advice(
            $"With {best.Strategy} instead of {finding.Now.Strategy} the {metric} falls from {Time(finding.Now.Value.Value)} to {Time(best.Value.Value)}{gain}, on the same {input.Servers} servers"
                + (finding.Now.MeetsGoals ? "." : $", and the goal is met ({string.Join("; ", finding.Now.MissedGoals)} today)."),
            $"{best.Strategy} {best.Note}; {finding.Now.Strategy} {finding.Now.Note}.{Cheaper(finding, best)}",
            (isApart ? "High: the intervals do not overlap. " : "Low: the intervals overlap. ") + seen);
    }

    public static Advice OnServers(ServeInput input, Finding finding)
    {
        if (finding.Best is not { } best)
        {
            return new Advice(
                "No number of servers meets this goal: it lies below what the work itself takes, or so near it that waiting may take no time at all.",
                "Make the longest requests shorter, split them, or move the goal.", "High: more servers shorten waiting, not work.");
        }

        string now = double.IsFinite(finding.Now.Value.Value) ? Servers(finding.Now.Value.Value) : "more servers than were tried";
        string there = best.Value.Value < input.Servers ? $" Of the {input.Servers} there are, {input.Servers - best.Value.Value:0} could go."
            : best.Value.Value > input.Servers ? $" The {input.Servers} there are fall short by {best.Value.Value - input.Servers:0}."
            : $" There are {input.Servers}.";
        return new Advice(
            (best.Strategy == finding.Now.Strategy || best.Value.Value == finding.Now.Value.Value
                ? $"{finding.Now.Strategy} needs {now} for the goal, and no strategy tried needs fewer."
                : $"{best.Strategy} meets the goal with {Servers(best.Value.Value)} where {finding.Now.Strategy} needs {now}.") + there,
            "Fewer servers are busier: a burst beyond the stated arrivals, or the loss of one, hurts sooner.",
            "Good for the stated arrivals. A Poisson stream has no rush hour: size for the busiest minutes.");
    }

    /// <summary>Where rising arrivals break the goal; null without a goal on the metric.</summary>
    public static string? Growth(ServeInput input, LoadCurve curve, Metric metric)
    {
        bool isTail = metric == ServeStudy.P99;
        if ((isTail ? input.GoalP99S : input.GoalMeanS) is not { } goalS || curve.Points.Count == 0)
        {
            return null;
        }

        double Delay(PoolDelay.Measured delay) => isTail ? delay.QuantileS.Mean : delay.MeanS.Mean;
        string head = $"Room: with {curve.Strategy} the {metric.Name} stays within {Time(goalS)}";
        return LoadSweep.Crossing(curve.Points, Delay, goalS) is { } arrivals
            ? $"{head} up to about {Print.Significant(arrivals, 3)}/s, {Print.Significant(arrivals / input.ArrivalsPerS, 2)} times today's arrivals."
            : Delay(curve.Points[0].Delay) <= goalS
            ? $"{head} at least up to {Print.Significant(curve.Points[^1].ArrivalsPerS, 3)}/s, {Print.Significant(curve.Points[^1].ArrivalsPerS / input.ArrivalsPerS, 2)} times today's arrivals."
            : $"{head} at no load: not even at {Print.Significant(curve.Points[0].ArrivalsPerS, 3)}/s.";
    }

    /// <summary>The closed forms beside the runs: exact where a theorem makes them so, and how far off where it does not.</summary>
    public static IEnumerable<string> Models(ServeInput input, IReadOnlyList<StrategyCall> strategies, IReadOnlyList<PoolDelay> delays)
    {
        double splitS = PollaczekKhinchine.Means(input.ArrivalsPerS / input.Servers, input.Service.MeanS, input.Cv).SojournS;
        double pooledS = LeeLongton.Means(input.ArrivalsPerS, input.Service.MeanS, input.Cv, input.Servers).SojournS;
        double markovS = MarkovianQueue.Means(input.ArrivalsPerS, input.Service.MeanS, input.Servers).SojournS;
        for (int i = 0; i < strategies.Count; i++)
        {
            if (delays[i] is PoolDelay.Measured delay && strategies[i].Name is "random" or "shared-queue")
            {
                double meanS = ((PoolDelay.Measured)delays[i]).MeanS.Mean;
                yield return strategies[i].Name == "random"
                    ? $"Model: Pollaczek-Khinchine, exact for random, gives a mean of {Time(splitS)}; the runs give {Time(meanS)} ({Signed((meanS / splitS) - 1)})."
                    : $"Model: Lee-Longton, an approximation of the shared queue, gives a mean of {Time(pooledS)}; the runs give {Time(meanS)} ({Signed((meanS / pooledS) - 1)})."
                        + $" M/M/{input.Servers}, which takes service for exponential, gives {Time(markovS)}.";
            }
        }

        if (input.Now.Name is not ("random" or "shared-queue"))
        {
            yield return $"Model: no closed form is known for {input.Now}; in the mean it lies between {Time(pooledS)} (shared queue, Lee-Longton) and {Time(splitS)} (random, Pollaczek-Khinchine) unless service varies very much.";
        }
    }

    /// <summary>The cheapest strategy to run whose value is within 5 % of the best, where that is another than the best.</summary>
    private static string Cheaper(Finding finding, Candidate best)
    {
        Candidate? near = finding.Candidates.FirstOrDefault(c => c.MeetsGoals && c.Strategy != best.Strategy && c.Strategy != finding.Now.Strategy && c.Value.Value <= 1.05 * best.Value.Value);
        return near is null ? "" : $" {near.Strategy}, which {near.Note}, comes within 5 % of it.";
    }
}
