using Headroom.Consensus.Agreements;
using Headroom.Consensus.Bounds;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Watch;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Watch;

/// <summary>The runs of one strategy: the store agrees on its entries first, and then tells of them.</summary>
internal sealed class WatchRuns
{
    private const int TrialsMax = 5;

    /// <summary>Messages of all runs of a strategy together, or so.</summary>
    private const double MessagesMax = 1e6;

    private const int Agreed = 200;
    private const int EntryBytesMax = 65_536;

    private readonly WatchInput _input;
    private readonly StudyContext _context;

    private WatchRuns(WatchStrategy strategy, WatchInput input, StudyContext context, Estimate commit, IReadOnlyList<WatchResult> results)
    {
        Strategy = strategy;
        Results = results;
        Commit = commit;
        _input = input;
        _context = context;
        MissedGoals = [.. Missed()];
    }

    public WatchStrategy Strategy { get; }

    public IReadOnlyList<WatchResult> Results { get; }

    public IReadOnlyList<string> MissedGoals { get; }

    /// <summary>Time of agreement on an entry, in ms: half of them are there within.</summary>
    public Estimate Commit { get; }

    public Estimate Bytes => Mean(result => (result.Meter.SentBytes + result.Meter.RepairBytes) / _input.Seconds);

    public Estimate Messages => Mean(result => (result.Meter.Messages + result.Meter.RepairMessages) / _input.Seconds);

    public Estimate StoreMessages => Mean(result => (result.Meter.StoreMessages + result.Meter.StoreRepairMessages) / _input.Seconds);

    public Estimate Entries => Mean(result => result.Meter.StoreEntries / _input.Seconds);

    public Estimate Ratio => Mean(result => 100 * result.Ratio);

    public Estimate Efficiency => Mean(result => 100 * FloorOf(result) / Math.Max(1, result.Meter.WatcherBytes));

    public Estimate P50 => Latency(0.5);

    public Estimate P99 => Latency(0.99);

    public Money? Money => Kernel.Findings.Money.Of(("egress", Bytes.Value * Unit.Year.Scale * _context.Prices.EgressPerByte()));

    private Provenance Simulated => Provenance.Simulated($"{Strategy} to {_input.Options.Watchers} watchers", Load(_context).Value, Results.Count);

    /// <summary>Bytes that watchers had to take in, over all kinds of objects.</summary>
    public static double FloorOf(WatchResult result) => result.Learning.Sum(learned => LimitOf(learned).Value.Number!.Value);

    public static Limit LimitOf(WatchLearning learned) => Limit.Of(ConsensusBounds.WatchBytes, new BoundArguments
    {
        { "changes", [.. learned.Changes] },
        { "watchers", [.. learned.Watchers] },
        { "entropy", learned.EntropyBits },
    });

    /// <summary>Messages that a run sends at most: a change to every watcher, or to those whom it interests, once more for each tier of relays.</summary>
    public static double RoughMessages(WatchInput input, WatchStrategy strategy)
    {
        double sum = input.Options.Kinds.Sum(kind => ((kind.RateHz * input.Seconds) + kind.AtOnce) * (strategy.IsGrouped ? kind.WatchersEach + input.Options.Controllers : input.Options.Watchers));
        return strategy.RelayFanOut is null ? sum : 2 * sum;
    }

    public static WatchRuns Of(WatchStrategy strategy, WatchInput input, StudyContext context, Action<double, string> report)
    {
        Estimate commit = Agree(strategy, input, context);
        int trials = (int)Math.Clamp(MessagesMax / Math.Max(1, RoughMessages(input, strategy)), 1, TrialsMax) * context.Effort;
        WatchOptions options = strategy.In(input.Options) with { CommitNs = (long)(commit.Value * 1e6) };
        var results = new List<WatchResult>(trials);
        for (int trial = 0; trial < trials; trial++)
        {
            report((double)trial / trials, strategy.Name);
            results.Add(WatchFanOut.Run(options, Load(context).At(trial), stops: options.BookmarkNs is not null));
        }

        return new WatchRuns(strategy, input, context, commit, results);
    }

    /// <summary>Updates that share an entry on average: a batch waits from its first update for its window.</summary>
    public static double PerEntry(WatchStrategy strategy, WatchInput input) =>
        Math.Min(input.Options.BatchMax, 1 + (input.UpdatesPerSecond * strategy.BatchNs / 1e9));

    /// <summary>The share of deliveries that are known within, in percent.</summary>
    public IReadOnlyList<(double X, double Y)> Curve()
    {
        IReadOnlyList<double> all = Results[0].LatenciesNs;
        return all.Count == 0 ? [] : [.. Enumerable.Range(0, 51).Select(i => (all[(int)((all.Count - 1) * (i / 50.0))] / 1e6, 2.0 * i))];
    }

    /// <summary>Entries as the strategy makes them, agreed on by Raft among the store's members at their mean rate.</summary>
    private static Estimate Agree(WatchStrategy strategy, WatchInput input, StudyContext context)
    {
        double perEntry = PerEntry(strategy, input);
        double rate = Math.Max(0.1, input.UpdatesPerSecond / perEntry);
        double update = input.Options.Kinds.Max(kind => (strategy.IsDelta ? kind.Changed : kind.Fields) * kind.FieldBytes);
        var places = AgreementPlaces.Uniform(input.Options.StoreMembers, AgreementSetting.ClientsFor(rate, 2 * input.Options.LinkNs, input.DiskNs), input.Options.LinkNs);
        var setting = new AgreementSetting
        {
            Places = places,
            Network = new NetworkOptions { Topology = places.Topology(0), BandwidthBps = input.Options.BandwidthBps },
            Load = new AgreementLoad { Operations = Agreed, RatePerSecond = rate, ReadsPercent = 0, ValueBytes = (int)Math.Clamp(update * perEntry, 1, EntryBytesMax) },
            DurabilityNs = input.DiskNs,
        };
        context.Report(0, $"{strategy}: agreement");
        Seed seed = context.Seed.Named("agreement");
        double[] seconds = SimulatedAgreement.Run(new RaftStrategy(ReadMode.Index), setting, seed, context.Cancellation).LatenciesSeconds(isRead: false);
        return Estimate.Between(1000 * Quantiles.OfSorted(seconds, 0.5), Milliseconds(Quantiles.IntervalOfSorted(seconds, 0.5, 0.95)), seconds.Length,
            Provenance.Simulated($"Raft among {input.Options.StoreMembers} members at {Print.Significant(rate, 4)} entries/s", seed.Value, 1));
    }

    private static Interval Milliseconds(Interval seconds) => new(1000 * seconds.Low, 1000 * seconds.High);

    /// <summary>The same updates for every strategy.</summary>
    private static Seed Load(StudyContext context) => context.Seed.Named("updates");

    private Estimate Latency(double quantile) => Results.All(result => result.IsWhole && result.LatencyMs(quantile) is not null)
        ? Mean(result => result.LatencyMs(quantile)!.Value)
        : Estimate.Exact(double.PositiveInfinity, Simulated);

    private Estimate Mean(Func<WatchResult, double> value) => Estimate.Mean(Moments.Of([.. Results.Select(value)]), Simulated);

    private IEnumerable<string> Missed()
    {
        if (_input.P99Ms is { } p99 && P99.Value > p99)
        {
            yield return $"p99: {new Quantity(P99.Value, Unit.Millisecond).ToHumanString()} (goal {new Quantity(p99, Unit.Millisecond).ToHumanString()})";
        }

        if (_input.StoreMessages is { } messages && StoreMessages.Value > messages)
        {
            yield return $"store: {Print.Significant(StoreMessages.Value, 4)} messages/s (goal {Print.Significant(messages, 4)})";
        }
    }
}
