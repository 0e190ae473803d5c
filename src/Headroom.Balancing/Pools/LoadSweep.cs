namespace Headroom.Balancing.Pools;

/// <summary>One pool under rising arrivals.</summary>
public static class LoadSweep
{
    /// <summary>The delays at each utilisation, which lies above 0 and below 1; the same requests, closer together.</summary>
    public static IReadOnlyList<(double ArrivalsPerS, PoolDelay.Measured Delay)> Run(
        PoolOptions options, Dispatcher dispatcher, int servers, IReadOnlyList<double> utilisations, Action? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(dispatcher);
        ArgumentNullException.ThrowIfNull(utilisations);
        var points = new List<(double ArrivalsPerS, PoolDelay.Measured Delay)>();
        foreach (double utilisation in utilisations)
        {
            double arrivals = utilisation * servers / options.Service.MeanS;
            if (dispatcher.Run(new PoolExperiment(options with { ArrivalsPerS = arrivals }), servers, checkpoint) is PoolDelay.Measured { IsSettled: true } delay)
            {
                points.Add((arrivals, delay));
            }
        }

        return points;
    }

    /// <summary>
    /// The arrivals at which the delay passes the goal, by a straight line between the two points around it; null when it does not pass within the points.
    /// </summary>
    public static double? Crossing(IReadOnlyList<(double ArrivalsPerS, PoolDelay.Measured Delay)> points, Func<PoolDelay.Measured, double> delayS, double goalS)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(delayS);
        for (int i = 1; i < points.Count; i++)
        {
            double low = delayS(points[i - 1].Delay);
            double high = delayS(points[i].Delay);
            if (low <= goalS && high > goalS)
            {
                return points[i - 1].ArrivalsPerS + ((points[i].ArrivalsPerS - points[i - 1].ArrivalsPerS) * (goalS - low) / (high - low));
            }
        }

        return null;
    }
}
