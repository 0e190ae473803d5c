namespace Headroom.Balancing.Pools;

/// <summary>
/// Finds the fewest servers for a goal: short runs bracket and halve, long runs have the last word. Deterministic: the runs meet the same jobs at
/// every count of servers. A goal is met when the estimate is at most the goal.
/// </summary>
public static class ServerSearch
{
    /// <param name="rough">Short runs, for the bracket.</param>
    /// <param name="exact">The runs whose estimates count.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="delayS">Which delay is meant.</param>
    /// <param name="goalS">At most this.</param>
    /// <param name="serversMax">Where the search gives up.</param>
    /// <param name="checkpoint">Called between runs; may throw to stop.</param>
    public static ServersNeeded Least(
        PoolExperiment rough, PoolExperiment exact, Dispatcher policy, Func<PoolDelay.Measured, double> delayS, double goalS, int serversMax, Action? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(rough);
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(delayS);
        double loadErlangs = exact.Utilisation(1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(loadErlangs, serversMax);
        bool Suffices(PoolExperiment pool, int servers) => policy.Run(pool, servers, checkpoint) is PoolDelay.Measured delay && delayS(delay) <= goalS;
        var known = new Dictionary<int, bool>();
        bool Met(int servers) => known.TryGetValue(servers, out bool met) ? met : known[servers] = Suffices(exact, servers);

        int few = (int)Math.Floor(loadErlangs);
        int guess = Halve(few, Bracket(few, serversMax, servers => Suffices(rough, servers)), servers => Suffices(rough, servers));
        int enough = Met(guess) ? guess : Above(guess, serversMax, Met);
        if (enough > serversMax)
        {
            return new ServersNeeded.NotWith(serversMax);
        }

        int servers = Between(Below(few, enough, Met), enough, Met);
        return new ServersNeeded.Found(servers, (PoolDelay.Measured)policy.Run(exact, servers, checkpoint));
    }

    /// <summary>A count above a failing one that suffices, by growing strides; above the maximum when there is none.</summary>
    private static int Above(int failing, int serversMax, Func<int, bool> suffices)
    {
        for (int stride = 1; failing < serversMax; stride *= 2)
        {
            failing = Math.Min(failing + stride, serversMax);
            if (suffices(failing))
            {
                return failing;
            }
        }

        return serversMax + 1;
    }

    /// <summary>A failing count below a sufficient one, by growing strides.</summary>
    private static int Below(int few, int enough, Func<int, bool> suffices)
    {
        int low = enough - 1;
        for (int stride = 1; low > few && suffices(low); stride *= 2)
        {
            low = Math.Max(few, low - stride);
        }

        return low;
    }

    /// <summary>A count that suffices, by doubling the spare servers; the maximum when none below it does.</summary>
    private static int Bracket(int few, int serversMax, Func<int, bool> suffices)
    {
        for (int spare = 1; few + spare < serversMax; spare *= 2)
        {
            if (suffices(few + spare))
            {
                return few + spare;
            }
        }

        return serversMax;
    }

    /// <summary>Half of the spare servers of a count found by <see cref="Bracket"/> do not suffice.</summary>
    private static int Halve(int few, int enough, Func<int, bool> suffices) => Between(few + ((enough - few) / 2), enough, suffices);

    private static int Between(int low, int enough, Func<int, bool> suffices)
    {
        while (enough - low > 1)
        {
            int middle = low + ((enough - low) / 2);
            if (suffices(middle))
            {
                enough = middle;
            }
            else
            {
                low = middle;
            }
        }

        return enough;
    }
}
