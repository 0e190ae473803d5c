using Headroom.Kernel.Arithmetic;

namespace Headroom.Coding.Models;

/// <summary>
/// Mean time to loss where hosts, racks and sites fail as a whole besides single nodes. The state is how many of each level are down, each level a birth-death
/// chain in balance (a domain is down from its failure until its nodes are rebuilt; the transfers of single nodes share the bandwidth with those), and the rate
/// of loss is the sum over states of their share of time, times the rate of each kind of failure, times the probability that it is the fatal one. Which shards a stripe has
/// lost follows from the counts alone: of m shards on T domains as evenly as can be, with g of them down, by hypergeometric probabilities level by level.
/// An approximation where a stripe has unequal numbers of shards in the domains of several levels, and where losses are not rare. Single nodes count as if a stripe could lie on any of them together,
/// so that it says too much where few domains keep its shards apart: nearly twice for two copies in two racks, a few in a hundred for ten shards in 14.
/// </summary>
internal sealed class DomainDurability
{
    private const double Negligible = 1e-45;

    /// <summary>Above this load repairs queue, and a balance describes them better than a window.</summary>
    private const double LoadOfWindows = 0.5;
    private const int Steps = 24;

    private readonly StorageSystem _system;
    private readonly CodeShape _code;
    private readonly RepairTimes _repair;
    private readonly double _stripes;
    private readonly double[][] _shares;

    public DomainDurability(StorageSystem system, CodeShape code, RepairTimes repair)
    {
        (_system, _code, _repair, _stripes) = (system, code, repair, system.DistinctStripes(code));
        _shares = [.. system.Domains.Select(domain => Balance(domain.Count, domain.MttfSeconds,
            g => Math.Max(1e-300, repair.DetectSeconds + (repair.TransferSeconds * system.Nodes / domain.Count)) / g, Math.Min(domain.Count, 12)))];
    }

    public double MeanSecondsToLoss()
    {
        (double rate, double alive) = Sum([], 1);
        // Where no state that weighs anything keeps all data, the first failures lose it.
        return alive <= 0 ? 1 / ((_system.Nodes / _system.NodeMttfSeconds) + _system.Domains.Sum(domain => domain.Count / domain.MttfSeconds))
            : rate <= 0 ? double.PositiveInfinity : alive / rate;
    }

    private (double Rate, double Alive) Sum(int[] down, double share)
    {
        if (down.Length == _system.Domains.Count)
        {
            return AtNodes(down, share);
        }

        (double rate, double alive) = (0, 0);
        for (int g = 0; g < _shares[down.Length].Length && share * _shares[down.Length][g] > Negligible; g++)
        {
            (double r, double a) = Sum([.. down, g], share * _shares[down.Length][g]);
            (rate, alive) = (rate + r, alive + a);
        }

        return (rate, alive);
    }

    /// <summary>With these numbers of domains down: over the numbers of single nodes down.</summary>
    private (double Rate, double Alive) AtNodes(int[] down, double share)
    {
        double rebuilding = down.Zip(_system.Domains, (g, domain) => (double)g * _system.Nodes / domain.Count).Sum();
        double[] nodes = rebuilding > 0 && Load <= LoadOfWindows ? DuringRebuild(rebuilding) : InBalance(rebuilding);
        double[] lost = LostInDomains(down);
        double[][] above = [.. _system.Domains.Select((domain, level) => down[level] < domain.Count ? LostInDomains([.. down.Select((g, i) => i == level ? g + 1 : g)]) : [])];
        int up = NodesUp(down);
        (double rate, double alive) = (0, 0);
        double here = Undecodable(lost, up, 0);
        for (int f = 0; f < Math.Min(nodes.Length, up); f++)
        {
            double next = Undecodable(lost, up, f + 1);
            double survives = here >= 1 ? 0 : Elementary.Exp(_stripes * Elementary.Log1P(-here));
            if (survives == 0)
            {
                break;
            }

            double time = share * nodes[f] * survives;
            alive += time;
            double fatal = (up - f) / _system.NodeMttfSeconds * Fatal(here, next);
            for (int level = 0; level < down.Length; level++)
            {
                FailureDomain domain = _system.Domains[level];
                fatal += above[level].Length == 0 ? 0 : (domain.Count - down[level]) / domain.MttfSeconds * Fatal(here, Undecodable(above[level], up - (_system.Nodes / domain.Count), f));
            }

            rate += time * fatal;
            here = next;
            if (f > 0 && nodes[f] < Negligible)
            {
                break;
            }
        }

        return (rate, alive);
    }

    /// <summary>Failures of single nodes while one is being rebuilt.</summary>
    private double Load => _system.Nodes / _system.NodeMttfSeconds * _repair.AloneSeconds;

    private double[] InBalance(double rebuilding)
    {
        using IEnumerator<double> between = _repair.MeanSecondsBetweenRepairs(rebuilding).GetEnumerator();
        return Balance(_system.Nodes, _system.NodeMttfSeconds, _ => between.MoveNext() ? between.Current : 0, _system.Nodes);
    }

    /// <summary>
    /// Nodes down while a domain's are rebuilt: the domain failed first and is whole first, so what fails after it stays down until its end. At a time t since then they are
    /// Poisson, with the failures of the last t, or of a lone repair where that is longer, as mean;
    /// averaged over the window, which every node of these prolongs by half a transfer.
    /// Such shares are relative to the window without them, so they may sum to a little above 1.
    /// </summary>
    private double[] DuringRebuild(double rebuilding)
    {
        double rate = _system.Nodes / _system.NodeMttfSeconds;
        double shortest = _repair.DetectSeconds + (_repair.TransferSeconds * rebuilding);
        var shares = new List<double>();
        for (int f = 0; f < _system.Nodes; f++)
        {
            double window = shortest + (_repair.Shared ? _repair.TransferSeconds * f / 2 : 0);
            double sum = 0;
            for (int i = 0; i < Steps; i++)
            {
                double mean = rate * Math.Max(_repair.AloneSeconds, window * (i + 0.5) / Steps);
                sum += Elementary.Exp((f * Elementary.Log(mean)) - mean - Elementary.LogGamma(f + 1));
            }

            shares.Add(sum / Steps * (shortest > 0 ? window / shortest : 1));
            if (f > rate * window && shares[^1] < Negligible)
            {
                break;
            }
        }

        return [.. shares];
    }

    private double Fatal(double before, double after) => after <= before ? 0 : before >= 1 || after >= 1 ? 1
        : -Elementary.ExpM1(_stripes * Elementary.Log1P(-(after - before) / (1 - before)));

    private int NodesUp(int[] down) => Math.Max(1, _system.Nodes - down.Zip(_system.Domains, (g, domain) => g * (_system.Nodes / domain.Count)).Sum());

    /// <summary>P(a stripe cannot be decoded) with f of the nodes that are up in domains that are up gone besides.</summary>
    private double Undecodable(double[] lost, int up, int f)
    {
        double sum = 0;
        for (int j = 0; j < lost.Length; j++)
        {
            if (lost[j] == 0)
            {
                continue;
            }

            if (f == 0 || up <= f)
            {
                sum += lost[j] * (1 - (f == 0 ? _code.RecoverableShare(j) : 0));
                continue;
            }

            foreach ((int more, double probability) in Hypergeometric.Terms(up, Math.Min(up, _code.TotalShards - j), f))
            {
                sum += lost[j] * probability * (1 - _code.RecoverableShare(j + more));
            }
        }

        return Math.Min(1, sum);
    }

    /// <summary>P(j of a stripe's shards lie in domains that are down), level by level from the largest.</summary>
    private double[] LostInDomains(int[] down)
    {
        int n = _code.TotalShards;
        double[] lost = new double[n + 1];
        lost[0] = 1;
        double left = 1;
        for (int level = 0; level < down.Length; level++)
        {
            int count = _system.Domains[level].Count;
            int domains = Math.Max(1, (int)Math.Round(count * left));
            int each = n / count;
            if (down[level] > 0)
            {
                double[] next = new double[n + 1];
                for (int j = 0; j <= n; j++)
                {
                    int shards = n - j;
                    int extra = Math.Clamp(shards - (each * domains), 0, domains);
                    foreach ((int more, double probability) in lost[j] == 0 ? [] : Hypergeometric.Terms(domains, extra, Math.Min(domains, down[level])))
                    {
                        next[Math.Min(n, j + Math.Min(shards, (each * down[level]) + more))] += lost[j] * probability;
                    }
                }

                lost = next;
            }

            left *= 1 - ((double)Math.Min(down[level], domains) / domains);
        }

        return lost;
    }

    /// <summary>The shares of time of a birth-death chain: g to g + 1 at (count - g)/mttf, g to g - 1 after a mean time. By logarithms, whatever the numbers.</summary>
    private static double[] Balance(int count, double mttfSeconds, Func<int, double> secondsDown, int most)
    {
        var logs = new List<double> { 0 };
        double highest = 0;
        for (int g = 1; g <= most; g++)
        {
            double log = logs[^1] + Elementary.Log((count - g + 1) / mttfSeconds * Math.Max(secondsDown(g), 1e-300));
            logs.Add(log);
            highest = Math.Max(highest, log);
            if (log < highest - 110)
            {
                break;
            }
        }

        double[] shares = [.. logs.Select(log => Elementary.Exp(log - highest))];
        double total = shares.Sum();
        return [.. shares.Select(share => share / total)];
    }
}
