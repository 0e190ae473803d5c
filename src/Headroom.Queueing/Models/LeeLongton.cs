namespace Headroom.Queueing.Models;

/// <summary>
/// An approximation of M/G/c in order of arrival, named for its authors [lee1959]: W = (1 + cv^2)/2 times the wait of M/M/c. Exact for one server
/// and for exponential service; two moments cannot give more ([gupta2010] shows the spread that they leave).
/// </summary>
public static class LeeLongton
{
    public static QueueMeans Means(double arrivalsPerS, double serviceS, double cv, int servers)
    {
        Arguments.CheckCv(cv);
        return MarkovianQueue.Means(arrivalsPerS, serviceS, servers) is QueueMeans.Steady markovian
            ? QueueMeans.Of(markovian.Utilisation, arrivalsPerS, 0.5 * (1 + (cv * cv)) * markovian.MeanWaitS, serviceS)
            : QueueMeans.Overloaded(arrivalsPerS * serviceS / servers);
    }
}
