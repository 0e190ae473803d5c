using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Studies.Commit;

/// <summary>The runs of one strategy under the stated load.</summary>
internal sealed class CommitRuns
{
    private const int Trials = 8;

    /// <summary>Transactions of a run, or so.</summary>
    private const int TransactionsMin = 600;

    private const int EachMin = 10;

    /// <summary>Message delays of a commit over several groups; the rough time of one, by which the run is sized.</summary>
    private const int Delays = 9;

    private readonly CommitInput _input;
    private readonly StudyContext _context;

    private CommitRuns(CommitStrategy strategy, CommitInput input, StudyContext context, IReadOnlyList<TrueTimeResult> results)
    {
        Strategy = strategy;
        Results = results;
        _input = input;
        _context = context;
        Rounds = RoundsOf(strategy, input, context, input.Options.KeysEach);
        MissedGoals = [.. Missed()];
    }

    public CommitStrategy Strategy { get; }

    public IReadOnlyList<TrueTimeResult> Results { get; }

    public IReadOnlyList<string> MissedGoals { get; }

    public int Rounds { get; }

    /// <summary>False where a run had not done its work when it was ended: it falls behind.</summary>
    public bool IsWhole => Results.All(result => result.IsWhole);

    public Estimate P99 => IsWhole ? Mean(result => result.CommitMs(0.99)!.Value) : Estimate.Exact(double.PositiveInfinity, Simulated);

    public Estimate P50 => IsWhole ? Mean(result => result.CommitMs(0.5)!.Value) : Estimate.Exact(double.PositiveInfinity, Simulated);

    public Estimate Wait => Mean(result => result.Meter.ExtraWait.Mean / 1e6);

    public Estimate Aborts => Mean(result => 100 * result.AbortRate);

    public Estimate Messages => Mean(result => (double)(result.Meter.Messages - SnapshotMessages(result)) / Math.Max(1, result.CommitLatenciesNs.Count));

    public Estimate Bytes => Mean(result => result.BytesBetween.Cast<long>().Sum() / (double)Math.Max(1, result.Transactions.Count));

    public Estimate Reversed => Mean(result => 100.0 * result.Reversed / Math.Max(1, result.Transactions.Count));

    public Estimate? Snapshot => Results.All(result => result.SnapshotLatenciesNs.Count > 0) ? Mean(result => result.SnapshotMs(0.5)!.Value) : null;

    /// <summary>The first contradiction that was found in any run.</summary>
    public ConsistencyViolation? Violation => Results.Select(result => result.Violation).FirstOrDefault(violation => violation is not null);

    public Money? Money => _context.Prices.EgressOf(_input.Regions, (from, to) =>
        Results.Sum(result => (double)result.BytesBetween[from, to]) / Results.Sum(result => Math.Max(1, result.Transactions.Count)) * _input.RatePerSecond * Unit.Year.Scale);

    private Provenance Simulated
    {
        get
        {
            var simulated = Provenance.Simulated($"{Strategy} at {Print.Significant(_input.RatePerSecond, 6)}/s", Load(_context).Value, Results.Count);
            return _input.Clock.Kind == ProvenanceKind.Executed ? Provenance.Derived("runs", simulated, _input.Clock) : simulated;
        }
    }

    /// <summary>About how long a commit takes, in seconds.</summary>
    public static double RoughSeconds(TrueTimeOptions options) =>
        ((Delays * (options.LatenciesNs!.Cast<long>().Max() + options.DurabilityNs)) + (2 * options.Clocks.ResidueNs) + options.BackoffNs) / 1e9;

    /// <summary>Clients enough that one is seldom busy when its next transaction is due, and the same for every region.</summary>
    public static TrueTimeOptions Sized(TrueTimeOptions options, double rate, int clientsMax)
    {
        int clients = Math.Clamp((int)Math.Ceiling(3 * rate * RoughSeconds(options)), options.Regions, clientsMax);
        clients = (clients + options.Regions - 1) / options.Regions * options.Regions;
        int each = Math.Max(EachMin, (TransactionsMin + clients - 1) / clients);
        double periodNs = clients / rate * 1e9;
        double durationNs = each * periodNs;
        return options with
        {
            Clients = clients,
            Transactions = each,
            PeriodNs = (long)periodNs,
            UntilNs = (long)((4 * durationNs) + 60e9),
            Clocks = options.Clocks with { PeriodNs = Math.Max(options.Clocks.PeriodNs, (long)(durationNs / 100)) },
        };
    }

    public static CommitRuns Of(CommitStrategy strategy, CommitInput input, StudyContext context, Action<double, string> report)
    {
        int trials = Trials * context.Effort;
        var results = new List<TrueTimeResult>(trials);
        for (int trial = 0; trial < trials; trial++)
        {
            report((double)trial / trials, strategy.Name);
            results.Add(TrueTimeCommit.Run(strategy.In(input.Options), Load(context).At(trial)));
        }

        return new CommitRuns(strategy, input, context, results);
    }

    /// <summary>Message delays one after the other of a commit without conflicts: a run with all links alike, disks that take no time and clocks that are right.</summary>
    public static int RoundsOf(CommitStrategy strategy, CommitInput input, StudyContext context, int participants)
    {
        const long Link = 1_000_000;
        TrueTimeOptions quiet = strategy.In(input.Options) with
        {
            LatenciesNs = null,
            NearNs = Link,
            FarNs = Link,
            DurabilityNs = 0,
            Clocks = new ClockSynchronisation { ResidueNs = 0, DriftPpmMax = 0 },
            Clients = 1,
            Transactions = 1,
            SnapshotPercent = 0,
            KeysEach = participants,
            PeriodNs = 0,
            UntilNs = 10_000_000_000,
        };
        return (int)Math.Round(TrueTimeCommit.Run(quiet, context.Seed.Named("rounds")).CommitLatenciesNs[0] / Link);
    }

    /// <summary>Transactions a second of clients that begin the next one when the last is answered.</summary>
    public double PerSecondOfWaiting()
    {
        TrueTimeOptions waiting = Strategy.In(_input.Options) with { PeriodNs = 0 };
        return Enumerable.Range(0, Trials / 2).Average(trial =>
        {
            _context.Report(0.97, $"{Strategy}, clients that wait");
            return TrueTimeCommit.Run(waiting, Load(_context).Named("waiting").At(trial)).PerSecond;
        });
    }

    /// <summary>Shares of the commits that are answered within, in percent.</summary>
    public IReadOnlyList<(double X, double Y)> Curve()
    {
        double[] all = [.. Results.SelectMany(result => result.CommitLatenciesNs).Order()];
        return [.. Enumerable.Range(0, 101).Where(percent => all.Length > 0 && (percent % 2 == 0 || percent > 90)).Select(percent => (Quantiles.OfSorted(all, percent / 100.0) / 1e6, (double)percent))];
    }

    private IEnumerable<string> Missed()
    {
        if (_input.P99Ms is { } p99 && P99.Value > p99)
        {
            yield return $"p99: {(IsWhole ? Milliseconds(P99.Value) : "it falls behind the load")} (goal {Milliseconds(p99)})";
        }

        if (_input.AbortsPercent is { } aborts && Aborts.Value > aborts)
        {
            yield return $"aborts: {Print.Significant(Aborts.Value, 3)} % (goal {Print.Significant(aborts, 3)} %)";
        }

        if (_input.IsOrdered && Violation is not null)
        {
            yield return $"external consistency: real time contradicts {Results.Sum(result => result.Reversed)} of {Results.Sum(result => result.Transactions.Count)} transactions";
        }
    }

    /// <summary>The same transactions and clocks for every strategy, so that their differences are their own.</summary>
    private static Seed Load(StudyContext context) => context.Seed.Named("load");

    /// <summary>A question and an answer a key; from the oracle a timestamp.</summary>
    private long SnapshotMessages(TrueTimeResult result) =>
        result.SnapshotLatenciesNs.Count * ((2L * _input.Options.KeysEach) + (Strategy.Timestamps == TimestampSource.Oracle ? 2 : 0));

    private Estimate Mean(Func<TrueTimeResult, double> value) => Estimate.Mean(Moments.Of([.. Results.Select(value)]), Simulated);

    private static string Milliseconds(double ms) => new Quantity(ms, Unit.Millisecond).ToHumanString();
}
