namespace Headroom.Queueing.Models;

/// <summary>Erlang's loss and delay probabilities [erlang1917] for a Poisson stream offering a erlangs to c servers.</summary>
public static class Erlang
{
    /// <summary>
    /// B(c, a), the share of arrivals that find all servers busy where none may wait: B(0) = 1, 1/B(c) = 1 + (c/a)/B(c-1), all terms
    /// positive, so that no step cancels. O(c).
    /// </summary>
    public static double LossProbability(int servers, double erlangs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(servers);
        CheckLoad(erlangs);
        if (erlangs == 0)
        {
            return servers == 0 ? 1 : 0;
        }

        double inverse = 1;
        for (int k = 1; k <= servers; k++)
        {
            inverse = 1 + (k / erlangs * inverse);
        }

        return 1 / inverse;
    }

    /// <summary>C(c, a) = B/(1 - rho(1 - B)), rho = a/c, the share of arrivals that wait; 1 when rho is at least 1, where all but finitely many do.</summary>
    public static double WaitProbability(int servers, double erlangs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(servers);
        CheckLoad(erlangs);
        double rho = erlangs / servers;
        if (rho >= 1)
        {
            return 1;
        }

        double loss = LossProbability(servers, erlangs);
        return loss / (1 - (rho * (1 - loss)));
    }

    private static void CheckLoad(double erlangs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(erlangs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(erlangs, 1e15);
    }
}
