namespace Headroom.Queueing.Models;

/// <summary>M/G/1 in order of arrival: W = lambda E[S^2]/(2(1 - rho)), exact [kleinrock1975, equation 5.70].</summary>
public static class PollaczekKhinchine
{
    public static QueueMeans Means(double arrivalsPerS, double serviceS, double cv)
    {
        Arguments.Check(arrivalsPerS, serviceS);
        Arguments.CheckCv(cv);
        double rho = arrivalsPerS * serviceS;
        return rho >= 1
            ? QueueMeans.Overloaded(rho)
            : QueueMeans.Of(rho, arrivalsPerS, rho * serviceS * (1 + (cv * cv)) / (2 * (1 - rho)), serviceS);
    }
}
