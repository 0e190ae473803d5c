using Headroom.Dissemination.Models;
using Headroom.Dissemination.Regions;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// When a broadcast through relays is complete: that of each region's tree (see <see cref="TreeCompletion"/>) after its relay has it, all regions side by side. Copies are repeated after
/// a time-out; after two the relay's successor or a child's children are told. Within a region that floods or pushes to all, a member has it by the relay's copy or the first of
/// the other members'.
/// </summary>
internal static class RelayTime
{
    private const int StepsPerLatency = 8;
    private const int StepsMax = 1500;

    /// <summary>Mean time of completion in the setting's own unit (nanoseconds or rounds), and the members expected to be missed.</summary>
    public static (double Time, double Missing) Of(BroadcastSetting setting, RelayOptions options)
    {
        (double stepNs, DelayLaw once) = Costs.Grid(setting, StepsPerLatency, StepsMax);
        double loss = setting.Network.Loss;
        double alive = setting.Members == 1 ? 1 : (setting.Live - 1.0) / (setting.Members - 1);
        int timeout = (int)Math.Round(options.TimeoutNs / stepNs);
        double send = setting.InRounds ? 0 : Periods.PayloadNs(setting) / stepNs;
        DelayLaw hop = once.Repeated(loss, timeout, options.SendingsMax, StepsMax);
        var tree = new TreeCompletion(options.Arity, alive, hop, options.SuspectAfter * timeout, send, StepsMax);
        RegionMap map = options.Map;
        int own = map.RegionOf(setting.Origin);
        var all = new double[StepsMax];
        Array.Fill(all, 1);
        var known = new Dictionary<int, double[]>();
        double missing = 0;
        int told = 0;
        for (int region = 0; region < map.Count; region++)
        {
            int size = map.Size(region);
            (double[] within, double missed) = options.Spread == RegionSpread.Tree ? (tree.Below(size, region == own ? map.Count - 1 : 0), 0) : Spread(setting, options, size, once, send, alive);
            missing += missed;
            if (region == own)
            {
                TreeCompletion.Multiply(all, within);
                continue;
            }

            if (!known.TryGetValue(size, out double[]? relayed))
            {
                relayed = known[size] = options.Spread == RegionSpread.Tree ? tree.FromFirstLive(size) : AfterFirstLive(hop.After(within), alive, size, options.SuspectAfter * timeout);
            }

            TreeCompletion.Multiply(all, relayed, (int)Math.Round(told++ * send));
        }

        // An origin that is no relay tells its own first.
        all = map.PositionOf(setting.Origin) == 0 ? all : hop.After(all);
        return (TreeCompletion.Mean(all) * stepNs, missing);
    }

    /// <summary>From the moment at which the relay of a region has it: the distribution function of the last of those reached, and how many are not.</summary>
    private static (double[] Cdf, double Missing) Spread(BroadcastSetting setting, RelayOptions options, int size, DelayLaw hop, double send, double alive)
    {
        var cdf = new double[StepsMax];
        Array.Fill(cdf, 1);
        if (size == 1)
        {
            return (cdf, 0);
        }

        double kept = 1 - setting.Network.Loss;
        double others = size - 1;
        double live = 1 + (others * alive);
        double told = options.Spread == RegionSpread.Push ? Math.Min(1, options.Arity / others) : 1;
        DelayLaw twice = hop.Plus(hop, StepsMax);
        DelayLaw thrice = twice.Plus(hop, StepsMax);
        double missing = told >= 1 ? 0 : Math.Max(0, live - 1 - PushMeanField.Of(size, Math.Max(1, (int)Math.Round(live)), options.Arity, 1, setting.Network.Loss).Deliveries);
        double once = 0;
        double second = 0;
        double third = 0;
        for (int t = 0; t < StepsMax; t++)
        {
            int since = t - (int)Math.Round(others * told * send);
            once += since >= 0 && since < hop.Mass.Length ? hop.Mass[since] : 0;
            second += since >= 0 && since < twice.Mass.Length ? twice.Mass[since] : 0;
            third += since >= 0 && since < thrice.Mass.Length ? thrice.Mass[since] : 0;
            double by = told * kept;
            double missed = (1 - (by * once)) * Elementary.Power(1 - (by * by * second), (int)Math.Round(Math.Max(0, live - 2)));
            missed *= told >= 1 ? 1 : Elementary.Pow(1 - (by * by * by * third), Math.Max(0, (live - 2) * (live - 3)));
            cdf[t] = Elementary.Pow(Math.Max(0, 1 - missed), Math.Max(0, live - 1));
        }

        return (cdf, missing);
    }

    private static double[] AfterFirstLive(double[] after, double alive, int size, int silence)
    {
        var all = new double[StepsMax];
        double weight = alive;
        for (int dead = 0; dead < size; dead++, weight *= 1 - alive)
        {
            for (int t = dead * silence; t < StepsMax; t++)
            {
                all[t] += weight * after[t - (dead * silence)];
            }
        }

        return [.. all.Select(value => value + (weight / alive))];
    }
}
