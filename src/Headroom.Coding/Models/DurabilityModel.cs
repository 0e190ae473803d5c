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
        double stripes = Math.Max(1, system.DataBytes / (code.DataShards * system.ShardBytes));
        bool spread = system.Placement == Placement.Spread;
        double groups = spread ? 1 : Math.Max(1, Math.Floor((double)system.Nodes / code.TotalShards));
        double mean = spread
            ? MeanSecondsToLoss(system.Nodes, system.NodeMttfSeconds, repair, f => FatalSpread(system.Nodes, f, stripes, code))
            : MeanSecondsToLoss(code.TotalShards, system.NodeMttfSeconds, repair, f => FatalInGroup(f, stripes / groups, code)) / groups;
        double load = repair.Shared ? system.Nodes * repair.TransferSeconds / system.NodeMttfSeconds : repair.TransferSeconds / system.NodeMttfSeconds;
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

    private static double MeanSecondsToLoss(int nodes, double mttfSeconds, RepairTimes repair, Func<int, double> fatal)
    {
        var up = new List<double>();
        var down = new List<double> { 0 };
        var fatals = new List<double>();
        using IEnumerator<double> between = repair.MeanSecondsBetweenRepairs().GetEnumerator();
        for (int f = 0; f < nodes; f++)
        {
            up.Add((nodes - f) / mttfSeconds);
            fatals.Add(f == nodes - 1 ? 1 : fatal(f));
            if (fatals[f] >= 1 - 1e-15)
            {
                fatals[f] = 1;
                break;
            }

            between.MoveNext();
            down.Add(1 / between.Current);
        }

        return LossChain.MeanSecondsToLoss(up, down, fatals);
    }

    private static double FatalInGroup(int failed, double stripes, CodeShape code)
    {
        double before = code.RecoverableShare(failed);
        double after = code.RecoverableShare(failed + 1);
        return before == 0 || after == 0 ? 1 : -Elementary.ExpM1(stripes * Elementary.Log1P(-(before - after) / before));
    }

    private static double FatalSpread(int nodes, int failed, double stripes, CodeShape code)
    {
        double becoming = 0;
        double already = 0;
        int n = code.TotalShards;
        for (int j = 0; j <= Math.Min(failed, n); j++)
        {
            double step = code.RecoverableShare(j) - code.RecoverableShare(j + 1);
            becoming += step > 0 && j < n ? step * Hypergeometric(j, nodes - 1, n - 1, failed) : 0;
            double gone = 1 - code.RecoverableShare(j);
            already += gone > 0 ? gone * Hypergeometric(j, nodes, n, failed) : 0;
        }

        double given = becoming * n / nodes / Math.Max(1 - already, 1e-300);
        return given >= 1 ? 1 : -Elementary.ExpM1(stripes * Elementary.Log1P(-given));
    }

    /// <summary>P(j of the marked are among the drawn).</summary>
    private static double Hypergeometric(int j, int population, int marked, int drawn) =>
        j > marked || j > drawn || drawn - j > population - marked ? 0
        : Elementary.Exp(Elementary.LogBinomial(marked, j) + Elementary.LogBinomial(population - marked, drawn - j) - Elementary.LogBinomial(population, drawn));
}
