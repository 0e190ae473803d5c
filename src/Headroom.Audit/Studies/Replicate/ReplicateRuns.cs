using Headroom.Consensus.Agreements;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>The runs of one way to replicate: whole ones, others that lose servers at a third of the load, and one on a plain network that counts message delays.</summary>
internal sealed class ReplicateRuns
{
    private const int Trials = 10;
    private const int StruckTrials = 3;

    /// <summary>As long as in-sync replicas take to notice a dead leader, several times.</summary>
    private const double StruckSeconds = 60;
    private const int StruckOperationsMax = 1800;
    private const int StruckClientsMin = 20;
    private const long DelayNs = 10_000_000;
    private const int DelayOperations = 50;

    private readonly ReplicateInput _input;
    private readonly StudyContext _context;
    private readonly IReadOnlyList<ReplicateSample> _whole;
    private readonly IReadOnlyList<ReplicateSample> _struck;

    private ReplicateRuns(ReplicateOption option, ReplicateInput input, StudyContext context, IReadOnlyList<ReplicateSample> whole, IReadOnlyList<ReplicateSample> struck, double? writeDelays)
    {
        (Option, _input, _context, _whole, _struck, WriteDelays) = (option, input, context, whole, struck, writeDelays);
        MissedGoals = [.. Missed()];
    }

    public ReplicateOption Option { get; }

    public IReadOnlyList<string> MissedGoals { get; }

    /// <summary>Message delays in sequence of a write of which the goals speak; null where there is none.</summary>
    public double? WriteDelays { get; }

    public int Operations => _whole.Sum(sample => sample.Operations);

    /// <summary>What the first whole run's servers hold at its end.</summary>
    public IReadOnlyList<(string Name, string Unit, double Value)> Facts => _whole[0].Facts;

    public Estimate Bytes => Mean(_whole, sample => sample.BytesPerOperation);

    public Estimate Messages => Mean(_whole, sample => sample.MessagesPerOperation);

    /// <summary>Bytes that an operation sends between two different regions.</summary>
    public Estimate BytesAway => Mean(_whole, sample => sample.BytesAwayPerOperation);

    /// <summary>Bytes that the busiest server sends for an operation.</summary>
    public Estimate BusiestBytes => Mean(_whole, sample => sample.BusiestBytesPerOperation);

    /// <summary>Share answered in time while servers are lost.</summary>
    public Estimate Available => Mean(_struck, sample => 100 * sample.ShareWithin(_input.Goals.InTimeNs));

    /// <summary>The longest that somebody waits while servers are lost.</summary>
    public Estimate Outage => Mean(_struck, sample => sample.LongestSeconds);

    public Estimate Answered => Mean(_whole, sample => 100 * sample.ShareWithin(long.MaxValue - 1));

    public Money? Money
    {
        get
        {
            double[,] between = ReplicateSample.MeanBetween(_whole, _input.Setting.Places.Regions.Count);
            IReadOnlyList<MoneyPart> egress = new ReplicatePrices(_input, _context.Prices).EgressPerYear(between)?.Parts ?? [];
            double latency = _whole.Average(sample => sample.MeanLatencySeconds);
            IReadOnlyList<MoneyPart> delay = Kernel.Findings.Money.Of(("latency", latency * _context.Prices.LatencyPerSecondYear))?.Parts ?? [];
            return egress.Count + delay.Count == 0 ? null : new Money([.. egress, .. delay]);
        }
    }

    public bool HasWrites => _input.Setting.Load.ReadsPercent < 100;

    public bool HasReads => _input.Setting.Load.ReadsPercent > 0;

    /// <summary>Over the runs that drew any such operation.</summary>
    public Estimate Latency(bool isRead, double quantile) =>
        Mean([.. _whole.Where(sample => sample.Has(isRead)).DefaultIfEmpty(_whole[0])], sample => sample.LatencyQuantile(isRead, quantile));

    /// <summary>Latencies of all whole runs, ascending, in seconds.</summary>
    public double[] Latencies(bool isRead)
    {
        double[] all = [.. _whole.SelectMany(sample => sample.Latencies(isRead))];
        Array.Sort(all);
        return all;
    }

    public static ReplicateRuns Of(ReplicateOption option, ReplicateInput input, StudyContext context, Action<double, string> report)
    {
        Seed seed = context.Seed.Named(option.Name);
        int trials = Trials * context.Effort;
        int struckTrials = StruckTrials * context.Effort;
        var whole = new List<ReplicateSample>();
        for (int trial = 0; trial < trials; trial++)
        {
            report(0.8 * trial / trials, option.Name);
            whole.Add(ReplicateSample.Run(option, input, input.Setting, seed.At(trial), context.Cancellation));
        }

        var struck = new List<ReplicateSample>();
        AgreementSetting losing = Struck(input);
        for (int trial = 0; trial < struckTrials; trial++)
        {
            report(0.8 + (0.2 * trial / struckTrials), $"{option.Name}, {input.Goals.Survive} lost");
            struck.Add(ReplicateSample.Run(option, input, losing, seed.Named("struck").At(trial), context.Cancellation));
        }

        return new ReplicateRuns(option, input, context, whole, struck, Delays(option, input, seed.Named("delays"), context.Cancellation));
    }

    private static AgreementSetting Struck(ReplicateInput input)
    {
        double rate = Math.Min(input.RunRatePerSecond, Math.Min(StruckOperationsMax, input.Setting.Load.Operations * 2) / StruckSeconds);
        // Each client asks the lost leader once before it knows: so many as the rate needs, and no more.
        IReadOnlyList<int> all = input.Setting.Places.Clients;
        int clients = Math.Clamp((int)Math.Ceiling(all.Count * rate / input.RunRatePerSecond), Math.Min(all.Count, StruckClientsMin), all.Count);
        int operations = Math.Max(1, (int)(rate * StruckSeconds));
        if (all.Distinct().Skip(1).Any())
        {
            clients = Math.Min(clients, operations);
        }

        int[] asking = [.. Enumerable.Range(0, clients).Select(client => all[client * all.Count / clients])];
        return input.Setting with
        {
            Places = input.Setting.Places with { Clients = asking },
            Crashes = input.Goals.Survive,
            Load = input.Setting.Load with { RatePerSecond = rate, Operations = ReplicateReader.Even(operations, asking) },
        };
    }

    /// <summary>Writes one at a time, where every message takes the same and disks nothing: the median over the latency counts the delays.</summary>
    private static double? Delays(ReplicateOption option, ReplicateInput input, Seed seed, CancellationToken cancellation)
    {
        if (input.Setting.Load.ReadsPercent == 100)
        {
            return null;
        }

        var plain = new AgreementSetting
        {
            Places = AgreementPlaces.Uniform(input.Setting.Servers, 1, DelayNs),
            Network = new NetworkOptions { Topology = Topology.Complete(1, 0) },
            Load = input.Setting.Load with { Operations = DelayOperations, RatePerSecond = 1, ReadsPercent = 0 },
            DurabilityNs = 0,
        };
        double[] seconds = SimulatedAgreement.Run(option.Strategy, plain, seed, cancellation).LatenciesSeconds();
        return Math.Round(seconds[seconds.Length / 2] * 1e9 / DelayNs, 6);
    }

    private IEnumerable<string> Missed()
    {
        ReplicateGoals goals = _input.Goals;
        AgreementStrategy strategy = Option.Strategy;
        int servers = _input.Setting.Servers;
        if (goals.IsLinearizable && !strategy.IsLinearizable)
        {
            yield return "linearizable: reads may be old";
        }

        if (goals.IsDurable && !strategy.IsDurable)
        {
            yield return "durable: answered writes are in memory for a while";
        }

        if (strategy.Holders(servers) <= goals.Survive)
        {
            yield return $"survive: no more than {strategy.Holders(servers)} of {servers} servers need hold an answered write";
        }

        if (strategy.CrashesSurvived(servers) < goals.Survive)
        {
            yield return $"survive: with {goals.Survive} of {servers} servers lost nobody writes";
        }

        foreach (string missed in Late(goals))
        {
            yield return missed;
        }

        if (goals.Available is { } available && Available.Value < 100 * available)
        {
            yield return $"available: {ReplicateWords.Number(Available.Value)} % (goal {ReplicateWords.Number(100 * available)} %)";
        }
    }

    private IEnumerable<string> Late(ReplicateGoals goals)
    {
        if (HasWrites && goals.WriteP99Seconds is { } write && Latency(isRead: false, 0.99).Value > write)
        {
            yield return $"write p99: {ReplicateWords.Time(Latency(isRead: false, 0.99).Value)} (goal {ReplicateWords.Time(write)})";
        }

        if (HasReads && goals.ReadP99Seconds is { } read && Latency(isRead: true, 0.99).Value > read)
        {
            yield return $"read p99: {ReplicateWords.Time(Latency(isRead: true, 0.99).Value)} (goal {ReplicateWords.Time(read)})";
        }
    }

    private Estimate Mean(IReadOnlyList<ReplicateSample> samples, Func<ReplicateSample, double> value)
    {
        var provenance = Provenance.Simulated($"{Option} on {_input.Setting.Servers} servers", _context.Seed.Named(Option.Name).Value, samples.Count);
        double[] values = [.. samples.Select(value)];
        return values.Any(double.IsPositiveInfinity) ? Estimate.Exact(double.PositiveInfinity, provenance) : Estimate.Mean(Moments.Of(values), provenance);
    }
}
