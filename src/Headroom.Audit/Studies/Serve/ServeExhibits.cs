using Headroom.Audit.Report;
using Headroom.Balancing.Pools;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Serve;

/// <summary>The plots of <see cref="ServeStudy"/>.</summary>
internal static class ServeExhibits
{
    private const double LeastShare = 1e-4;

    /// <summary>A point is drawn when the share has fallen by this factor since the last: about a hundred a curve.</summary>
    private const double Thinning = 0.92;

    public static IReadOnlyList<Exhibit> Delays(ServeInput input, IReadOnlyList<StrategyCall> strategies, IReadOnlyList<PoolDelay> delays, Finding headline)
    {
        var series = new List<LineSeries>();
        for (int i = 0; i < strategies.Count; i++)
        {
            if (delays[i] is PoolDelay.Measured delay)
            {
                string name = strategies[i].ToString();
                Role role = name == headline.Now.Strategy ? Role.Now : name == headline.Best?.Strategy ? Role.Best : Role.Candidate;
                series.Add(new LineSeries(name, Thin(delay.Histogram.Survival()), role));
            }
        }

        if (series.Count == 0)
        {
            return [];
        }

        series.Add(new LineSeries("service alone", ServiceAlone(input, series), Role.Limit));
        string goal = input.GoalP99S is { } p99 ? $" The goal: below 1 % at {ServeAdvice.Time(p99)}." : "";
        return
        [
            new LineExhibit(
                "How long requests take",
                $"The share of requests that take longer, from arrival to answer, with {input.Servers} servers. The curve of the service alone is a floor for all.{goal}",
                new Axis("time from arrival to answer", "ms"), new Axis("share that takes longer", "", IsLog: true), series),
        ];
    }

    /// <summary>The headline delay against arrivals.</summary>
    public static Exhibit Growth(ServeInput input, IReadOnlyList<LoadCurve> curves, Finding headline)
    {
        bool isTail = headline.Metric == ServeStudy.P99;
        var series = new List<LineSeries>();
        foreach (LoadCurve curve in curves)
        {
            series.Add(new LineSeries(
                curve.Strategy,
                [.. curve.Points.Select(p => (p.ArrivalsPerS, 1000 * (isTail ? p.Delay.QuantileS.Mean : p.Delay.MeanS.Mean)))],
                curve.Strategy == headline.Now.Strategy ? Role.Now : Role.Best));
        }

        if (headline.Limit?.Value.Number is { } floorS && curves.Any(c => c.Points.Count > 1))
        {
            IEnumerable<double> arrivals = curves.SelectMany(c => c.Points).Select(p => p.ArrivalsPerS);
            double lowestS = isTail ? floorS : input.Service.MeanS;
            series.Add(new LineSeries("service alone", [(arrivals.Min(), 1000 * lowestS), (arrivals.Max(), 1000 * lowestS)], Role.Limit));
        }

        double? goalS = isTail ? input.GoalP99S : input.GoalMeanS;
        return new LineExhibit(
            "How much more traffic it bears",
            $"The {headline.Metric.Name} of {input.Servers} servers as arrivals rise to nine tenths of what they can do. Today: {Kernel.Quantities.Print.Significant(input.ArrivalsPerS, 4)}/s."
                + (goalS is { } goal ? $" The goal: {ServeAdvice.Time(goal)}." : ""),
            new Axis("arrivals", "/s"), new Axis(headline.Metric.Name, "ms", IsLog: true), series);
    }

    private static List<(double X, double Y)> Thin(IReadOnlyList<(double TimeS, double Share)> survival)
    {
        var points = new List<(double X, double Y)> { (0, 1) };
        double last = 1;
        foreach ((double timeS, double share) in survival)
        {
            if (share >= LeastShare && (share <= last * Thinning || points.Count == 1))
            {
                points.Add((1000 * timeS, share));
                last = share;
            }
        }

        return points;
    }

    private static List<(double X, double Y)> ServiceAlone(ServeInput input, List<LineSeries> series)
    {
        const int steps = 100;
        double mostMs = series.Max(s => s.Points[^1].X);
        var points = new List<(double X, double Y)>();
        for (int i = 0; i <= steps; i++)
        {
            double timeMs = mostMs * i / steps;
            double share = input.Service.Survival(timeMs / 1000);
            if (share >= LeastShare)
            {
                points.Add((timeMs, share));
            }
        }

        return points;
    }
}
