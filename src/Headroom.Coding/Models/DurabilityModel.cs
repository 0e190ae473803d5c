using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Models;

/// <summary>What the model says of one code in one system.</summary>
public sealed record Durability
{
    /// <summary>Probability that anything at all is lost within a year.</summary>
    public required double YearlyLoss { get; init; }

    public required double MeanSecondsToLoss { get; init; }

    public required RepairTimes Repair { get; init; }

    public required double Stripes { get; init; }

    /// <summary>Share of the repair bandwidth that failures keep busy; from 1 on, repair cannot keep up.</summary>
    public required double RepairLoad { get; init; }
}

/// <summary>
/// Yearly loss of a whole system: a continuous-time Markov chain over the number f of nodes down, whose next failure is fatal with the
/// probability that it makes one of S stripes undecodable. Stripes that a code survives in part (LRC past its distance) enter by the
/// share of recoverable sets: a stripe with j of its shards gone is decodable with share r(j), and its next loss is the fatal one with
/// probability (r(j) - r(j+1))/r(j).
///
/// Spread over N nodes: the new failure meets a stripe with probability n/N, which has j of its other n - 1 nodes among the f with the
/// hypergeometric probability; so one stripe becomes undecodable with h(f) = (n/N) sum over j of Hyp(j) (r(j) - r(j+1)), given that it was
/// decodable h(f)/(1 - u(f)), and fatal(f) = 1 - (1 - that)^S. Stripes are independent given the number of failures, not otherwise: that is
/// why the chain is one of nodes. Groups: a chain per group of n nodes, the roles of its nodes shuffled from stripe to stripe.
/// </summary>
public static class DurabilityModel
{
    /// <summary>From this load on repairs queue.</summary>
    private const double LoadOfBalance = 0.5;

    public static double YearSeconds { get; } = Unit.Year.Scale;

    /// <exception cref="ArgumentException">Fewer nodes than shards.</exception>
    public static Durability Evaluate(StorageSystem system, CodeShape code)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(code);
        system.Validate();
        if (code.TotalShards > system.Nodes)
        {
            throw new ArgumentException($"{code.TotalShards} shards need as many nodes, not {system.Nodes}", nameof(code));
        }

        var repair = RepairTimes.Of(system, code);
        double stripes = system.DistinctStripes(code);
        bool spread = system.Placement == Placement.Spread;
        double groups = spread ? 1 : Math.Max(1, Math.Floor((double)system.Nodes / code.TotalShards));
        double load = repair.Shared ? system.Nodes * repair.TransferSeconds / system.NodeMttfSeconds : repair.TransferSeconds / system.NodeMttfSeconds;
        double mean = system.Domains.Count > 0 ? new DomainDurability(system, code, repair).MeanSecondsToLoss() : double.PositiveInfinity;
        if (system.Domains.Count == 0 || load >= LoadOfBalance)
        {
            // Domains that fail add to what nodes lose; once repairs queue, nobody lives long enough for a balance of them, and nodes alone decide.
            mean = Math.Min(mean, spread
                ? MeanSecondsToLoss(system.Nodes, system.NodeMttfSeconds, repair, f => FatalSpread(system.Nodes, f, stripes, code))
                : MeanSecondsToLoss(code.TotalShards, system.NodeMttfSeconds, repair, f => FatalInGroup(f, stripes / groups, code)) / groups);
        }

        return new Durability
        {
            YearlyLoss = LossChain.ProbabilityWithin(YearSeconds, mean),
            MeanSecondsToLoss = mean,
            Repair = repair,
            Stripes = stripes,
            RepairLoad = load,
        };
    }

    /// <summary>Mean time to the loss of one given stripe: a chain over its own lost shards.</summary>
    public static double StripeMeanSecondsToLoss(StorageSystem system, CodeShape code)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(code);
        var alone = RepairTimes.Of(system, code) with { Shared = false };
        return MeanSecondsToLoss(code.TotalShards, system.NodeMttfSeconds, alone, f => FatalInGroup(f, 1, code));
    }

    /// <summary>
    /// Least probability that a node is gone at an instant so long after all were up, when no repair takes less than the given time on average:
    /// the share r/(r + mttf) that a two-state chain approaches, and how near it has come.
    /// </summary>
    public static double ShareGone(double repairSecondsMin, double mttfSeconds, double afterSeconds) => repairSecondsMin <= 0 ? 0
        : repairSecondsMin / (repairSecondsMin + mttfSeconds) * -Elementary.ExpM1(-afterSeconds * ((1 / repairSecondsMin) + (1 / mttfSeconds)));

    private static double MeanSecondsToLoss(int nodes, double mttfSeconds, RepairTimes repair, Func<int, double> fatal) =>
        LossChain.MeanSecondsToLoss(States(nodes, mttfSeconds, repair, fatal));

    /// <summary>
    /// States from 0 on; where many nodes are always down, from twelve standard deviations below the balance of failures and repairs, because fewer
    /// are down with a probability below 1e-30.
    /// </summary>
    private static IEnumerable<LossState> States(int nodes, double mttfSeconds, RepairTimes repair, Func<int, double> fatal)
    {
        int balance = 0;
        foreach (double seconds in repair.MeanSecondsBetweenRepairs().Take(nodes - 1))
        {
            if ((nodes - balance) * seconds <= mttfSeconds)
            {
                break;
            }

            balance++;
        }

        int lowest = Math.Max(0, balance - 10 - (int)(12 * Math.Sqrt(balance)));
        double down = 0;
        using IEnumerator<double> between = repair.MeanSecondsBetweenRepairs().GetEnumerator();
        for (int f = 0; f < nodes; f++)
        {
            if (f >= lowest)
            {
                double last = f == nodes - 1 ? 1 : fatal(f);
                yield return new LossState((nodes - f) / mttfSeconds, down, last >= 1 - 1e-15 ? 1 : last);
                if (last >= 1 - 1e-15)
                {
                    yield break;
                }
            }

            between.MoveNext();
            down = 1 / between.Current;
        }
    }

    private static double FatalInGroup(int failed, double stripes, CodeShape code)
    {
        double before = code.RecoverableShare(failed);
        double after = code.RecoverableShare(failed + 1);
        return before == 0 || after == 0 ? 1 : -Elementary.ExpM1(stripes * Elementary.Log1P(-(before - after) / before));
    }

    private static double FatalSpread(int nodes, int failed, double stripes, CodeShape code)
    {
        int n = code.TotalShards;
        double becoming = 0;
        foreach ((int j, double probability) in Hypergeometric.Terms(nodes - 1, n - 1, failed))
        {
            becoming += (code.RecoverableShare(j) - code.RecoverableShare(j + 1)) * probability;
        }

        double already = 0;
        foreach ((int j, double probability) in Hypergeometric.Terms(nodes, n, failed))
        {
            already += (1 - code.RecoverableShare(j)) * probability;
        }

        double given = becoming * n / nodes / Math.Max(1 - already, 1e-300);
        return given >= 1 ? 1 : -Elementary.ExpM1(stripes * Elementary.Log1P(-given));
    }
}
