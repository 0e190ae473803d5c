using Headroom.Consensus.Agreements;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>One run of an option: its one protocol's, or both of them, side by side on lines of their own.</summary>
internal sealed class ReplicateSample(IReadOnlyList<AgreementOutcome> outcomes)
{
    /// <summary>From here on byte arrays lie among the large objects.</summary>
    private const int LargeBytes = 40_000;

    public int Operations { get; } = outcomes.Sum(outcome => outcome.Operations);

    public double BytesPerOperation => outcomes.Sum(outcome => (double)outcome.WireBytes) / Operations;

    public double MessagesPerOperation => outcomes.Sum(outcome => (double)outcome.Messages) / Operations;

    public double BusiestBytesPerOperation => outcomes.Sum(outcome => (double)outcome.BusiestBytes) / Operations;

    public double BytesAwayPerOperation
    {
        get
        {
            double away = 0;
            foreach (AgreementOutcome outcome in outcomes)
            {
                for (int from = 0; from < outcome.BytesBetween.GetLength(0); from++)
                {
                    for (int to = 0; to < outcome.BytesBetween.GetLength(1); to++)
                    {
                        away += from == to ? 0 : outcome.BytesBetween[from, to];
                    }
                }
            }

            return away / Operations;
        }
    }

    public IReadOnlyList<(string Name, string Unit, double Value)> Facts => outcomes[0].Facts;

    public double LongestSeconds => outcomes.Max(outcome => outcome.LatenciesSeconds()[^1]);

    public double MeanLatencySeconds => outcomes.SelectMany(outcome => outcome.LatenciesSeconds()).Average();

    public double ShareWithin(long ns) => outcomes.Sum(outcome => outcome.ShareWithin(ns) * outcome.Operations) / Operations;

    public IEnumerable<double> Latencies(bool isRead) => outcomes.SelectMany(outcome => outcome.LatenciesSeconds(isRead));

    public bool Has(bool isRead) => Latencies(isRead).Any();

    /// <summary>Infinite where that many were not answered; 0 where there were none.</summary>
    public double LatencyQuantile(bool isRead, double quantile)
    {
        double[] all = [.. Latencies(isRead)];
        Array.Sort(all);
        return all.Length == 0 ? 0 : Quantiles.OfSorted(all, quantile);
    }

    /// <summary>Bytes of an operation from the row's region to the column's, over all samples.</summary>
    public static double[,] MeanBetween(IReadOnlyList<ReplicateSample> samples, int regions)
    {
        var mean = new double[regions, regions];
        double operations = samples.Sum(sample => (double)sample.Operations);
        foreach (AgreementOutcome outcome in samples.SelectMany(sample => sample.Outcomes))
        {
            for (int from = 0; from < regions; from++)
            {
                for (int to = 0; to < regions; to++)
                {
                    mean[from, to] += outcome.BytesBetween[from, to] / operations;
                }
            }
        }

        return mean;
    }

    private IReadOnlyList<AgreementOutcome> Outcomes => outcomes;

    public static ReplicateSample Run(ReplicateOption option, ReplicateInput input, AgreementSetting setting, Seed seed, CancellationToken cancellation)
    {
        AgreementSetting led = option.LeaderRegion is { } region ? setting with { Places = Led(setting.Places, region) } : setting;
        if (option.Rest is not { } rest || input.CriticalShare is not { } share)
        {
            return new ReplicateSample([Simulate(option.Strategy, led, seed, cancellation)]);
        }

        var outcomes = new List<AgreementOutcome>();
        foreach ((AgreementStrategy strategy, double part) in (IEnumerable<(AgreementStrategy, double)>)[(option.Strategy, share), (rest, 1 - share)])
        {
            int operations = (int)Math.Round(setting.Load.Operations * part);
            if (operations > 0)
            {
                AgreementSetting own = led with { Load = setting.Load with { Operations = operations, RatePerSecond = setting.Load.RatePerSecond * part } };
                outcomes.Add(Simulate(strategy, own, seed.Named(strategy.Name), cancellation));
            }
        }

        return new ReplicateSample(outcomes);
    }

    /// <summary>The collector leaves what large values leave behind until memory is short: it is made to look after each run.</summary>
    private static AgreementOutcome Simulate(AgreementStrategy strategy, AgreementSetting setting, Seed seed, CancellationToken cancellation)
    {
        AgreementOutcome outcome = SimulatedAgreement.Run(strategy, setting, seed, cancellation);
        if (setting.Load.ValueBytes >= LargeBytes)
        {
            GC.Collect();
        }

        return outcome;
    }

    /// <summary>Server 0 leads: one of this region comes first, the others keep their order.</summary>
    private static AgreementPlaces Led(AgreementPlaces places, int region)
    {
        int first = places.Servers.ToList().IndexOf(region);
        return places with { Servers = [region, .. places.Servers.Where((_, i) => i != first)] };
    }
}
