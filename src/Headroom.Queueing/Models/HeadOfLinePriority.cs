namespace Headroom.Queueing.Models;

/// <summary>
/// M/G/1 with classes served head of line, never interrupted: W_k = W0/((1 - s_(k-1))(1 - s_k)), W0 = sum of lambda_i E[S_i^2]/2 and s_k the load of
/// classes 1 to k, the first the most urgent [cobham1954].
/// </summary>
public static class HeadOfLinePriority
{
    /// <summary>Means per class; a class whose s_k reaches 1 is unstable, those before it are not (the residual work of all stays in W0, capped at a busy server).</summary>
    public static QueueMeans[] Means(ReadOnlySpan<double> arrivalsPerS, ReadOnlySpan<double> serviceS, ReadOnlySpan<double> cv)
    {
        ArgumentOutOfRangeException.ThrowIfZero(arrivalsPerS.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(serviceS.Length, arrivalsPerS.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(cv.Length, arrivalsPerS.Length);
        var means = new QueueMeans[arrivalsPerS.Length];
        double residualS = Residual(arrivalsPerS, serviceS, cv);
        double before = 0;
        for (int k = 0; k < means.Length; k++)
        {
            double through = before + (arrivalsPerS[k] * serviceS[k]);
            means[k] = through >= 1
                ? QueueMeans.Overloaded(through)
                : QueueMeans.Of(through, arrivalsPerS[k], residualS / ((1 - before) * (1 - through)), serviceS[k]);
            before = through;
        }

        return means;
    }

    /// <summary>The mean rest of the service found in progress. In overload the server is always busy: the first unstable class gets the share that is left, later ones none.</summary>
    private static double Residual(ReadOnlySpan<double> arrivalsPerS, ReadOnlySpan<double> serviceS, ReadOnlySpan<double> cv)
    {
        double sum = 0;
        double left = 1;
        for (int k = 0; k < arrivalsPerS.Length; k++)
        {
            Arguments.Check(arrivalsPerS[k], serviceS[k]);
            Arguments.CheckCv(cv[k]);
            double served = Math.Min(left, arrivalsPerS[k] * serviceS[k]);
            sum += served * serviceS[k] * (1 + (cv[k] * cv[k])) / 2;
            left -= served;
        }

        return sum;
    }
}
