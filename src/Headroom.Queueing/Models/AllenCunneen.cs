namespace Headroom.Queueing.Models;

/// <summary>
/// The approximation of G/G/c by Allen and Cunneen [allen1990, section 5.3.6]: W = (ca^2 + cs^2)/2 times the wait of M/M/c. With Poisson arrivals it is
/// <see cref="LeeLongton"/>; it takes no account of correlation between arrivals.
/// </summary>
public static class AllenCunneen
{
    public static QueueMeans Means(double arrivalsPerS, double arrivalCv, double serviceS, double serviceCv, int servers)
    {
        Arguments.CheckCv(arrivalCv);
        Arguments.CheckCv(serviceCv);
        return MarkovianQueue.Means(arrivalsPerS, serviceS, servers) is QueueMeans.Steady markovian
            ? QueueMeans.Of(markovian.Utilisation, arrivalsPerS, 0.5 * ((arrivalCv * arrivalCv) + (serviceCv * serviceCv)) * markovian.MeanWaitS, serviceS)
            : QueueMeans.Overloaded(arrivalsPerS * serviceS / servers);
    }
}
