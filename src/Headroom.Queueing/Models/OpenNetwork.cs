namespace Headroom.Queueing.Models;

/// <summary>What an open network does: per station its throughput and its means, in all the jobs present and their mean sojourn.</summary>
public abstract record OpenNetworkMeans
{
    private OpenNetworkMeans()
    {
    }

    public sealed record Steady(IReadOnlyList<double> ThroughputPerS, IReadOnlyList<QueueMeans> Stations, double MeanPresent, double MeanSojournS) : OpenNetworkMeans;

    /// <summary>Stations (by index) that cannot keep up, or no way out for what arrives.</summary>
    public sealed record Unstable(IReadOnlyList<int> Stations, string Why) : OpenNetworkMeans;
}

/// <summary>
/// Jackson's open network [jackson1957]: Poisson arrivals at the stations, exponential service, routing without memory. Traffic gamma = lambda + gamma R;
/// every station then has the means of its own M/M/c.
/// </summary>
public static class OpenNetwork
{
    /// <param name="arrivalsPerS">From outside, per station; at least one positive.</param>
    /// <param name="serviceS">Mean service time per station.</param>
    /// <param name="servers">Servers per station.</param>
    /// <param name="routing">Row i: the probabilities of going on to station j; what is missing to 1 leaves.</param>
    public static OpenNetworkMeans Means(ReadOnlySpan<double> arrivalsPerS, ReadOnlySpan<double> serviceS, ReadOnlySpan<int> servers, double[,] routing)
    {
        ArgumentNullException.ThrowIfNull(routing);
        int n = arrivalsPerS.Length;
        ArgumentOutOfRangeException.ThrowIfZero(n);
        ArgumentOutOfRangeException.ThrowIfNotEqual(serviceS.Length, n);
        ArgumentOutOfRangeException.ThrowIfNotEqual(servers.Length, n);
        ArgumentOutOfRangeException.ThrowIfNotEqual(routing.GetLength(0), n);
        ArgumentOutOfRangeException.ThrowIfNotEqual(routing.GetLength(1), n);
        double outside = CheckRates(arrivalsPerS, routing);
        double[]? traffic = Traffic(arrivalsPerS, routing);
        if (traffic is null)
        {
            return new OpenNetworkMeans.Unstable([], "what arrives at some stations never leaves");
        }

        var stations = new QueueMeans[n];
        var overloaded = new List<int>();
        double present = 0;
        for (int i = 0; i < n; i++)
        {
            if (traffic[i] <= 0)
            {
                stations[i] = QueueMeans.Of(0, 0, 0, serviceS[i]);
                continue;
            }

            stations[i] = MarkovianQueue.Means(traffic[i], serviceS[i], servers[i]);
            if (stations[i] is QueueMeans.Steady steady)
            {
                present += steady.MeanPresent;
            }
            else
            {
                overloaded.Add(i);
            }
        }

        return overloaded.Count > 0
            ? new OpenNetworkMeans.Unstable(overloaded, "more work arrives than the station can do")
            : new OpenNetworkMeans.Steady(traffic, stations, present, present / outside);
    }

    private static double CheckRates(ReadOnlySpan<double> arrivalsPerS, double[,] routing)
    {
        double outside = 0;
        for (int i = 0; i < arrivalsPerS.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(arrivalsPerS[i]);
            outside += arrivalsPerS[i];
            double row = 0;
            for (int j = 0; j < arrivalsPerS.Length; j++)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(routing[i, j]);
                row += routing[i, j];
            }

            ArgumentOutOfRangeException.ThrowIfGreaterThan(row, 1 + 1e-12);
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outside);
        return outside;
    }

    /// <summary>Solves gamma (I - R) = lambda by elimination with partial pivoting; null when jobs circulate for ever.</summary>
    private static double[]? Traffic(ReadOnlySpan<double> arrivalsPerS, double[,] routing)
    {
        int n = arrivalsPerS.Length;
        var a = new double[n, n];
        double[] gamma = arrivalsPerS.ToArray();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[i, j] = (i == j ? 1 : 0) - routing[j, i];
            }
        }

        for (int column = 0; column < n; column++)
        {
            int pivot = column;
            for (int i = column + 1; i < n; i++)
            {
                pivot = Math.Abs(a[i, column]) > Math.Abs(a[pivot, column]) ? i : pivot;
            }

            if (Math.Abs(a[pivot, column]) < 1e-12)
            {
                return null;
            }

            (gamma[column], gamma[pivot]) = (gamma[pivot], gamma[column]);
            for (int j = column; j < n; j++)
            {
                (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
            }

            for (int i = column + 1; i < n; i++)
            {
                double factor = a[i, column] / a[column, column];
                for (int j = column; j < n; j++)
                {
                    a[i, j] -= factor * a[column, j];
                }

                gamma[i] -= factor * gamma[column];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++)
            {
                gamma[i] -= a[i, j] * gamma[j];
            }

            gamma[i] /= a[i, i];
        }

        return gamma;
    }
}
