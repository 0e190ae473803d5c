using Headroom.Consensus.Agreements;
using Headroom.Consensus.Locks;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>The runs of one way to keep locks: loads, holders that crash, and single locks on a plain network, whose delays are counted.</summary>
internal sealed class LockRuns
{
    private const int Trials = 10;
    private const int HandoverTrials = 12;
    private const int PlainAcquisitions = 20;
    private const long DelayNs = 10_000_000;
    private const double P99 = 0.99;

    private readonly CoordinateInput _input;
    private readonly StudyContext _context;
    private readonly IReadOnlyList<LockOutcome> _outcomes;
    private readonly IReadOnlyList<double> _handovers;

    private LockRuns(AgreementStrategy strategy, CoordinateInput input, StudyContext context, IReadOnlyList<LockOutcome> outcomes, IReadOnlyList<double> handovers, double rounds)
    {
        (Strategy, _input, _context, _outcomes, _handovers, Rounds) = (strategy, input, context, outcomes, handovers, rounds);
        MissedGoals = [.. Missed()];
    }

    public AgreementStrategy Strategy { get; }

    public IReadOnlyList<string> MissedGoals { get; }

    /// <summary>Delays until a client far from all members knows that it has a free lock.</summary>
    public double Rounds { get; }

    public int Grants => _outcomes.Sum(outcome => outcome.Grants.Count);

    public Estimate Messages => Mean(_outcomes.Select(outcome => (double)outcome.Messages / outcome.Grants.Count));

    public Estimate Bytes => Mean(_outcomes.Select(outcome => (double)outcome.WireBytes / outcome.Grants.Count));

    public Estimate Acquire => Mean(_outcomes.Select(outcome => outcome.AcquireSeconds().Average()));

    public Estimate AcquireP99 => Mean(_outcomes.Select(outcome => Quantiles.OfSorted(outcome.AcquireSeconds(), P99)));

    public Estimate ReleaseP99 => Mean(_outcomes.Select(outcome => outcome.ReleaseSeconds() is { Length: > 0 } all ? Quantiles.OfSorted(all, P99) : double.PositiveInfinity));

    public Estimate Handover => Mean(_handovers);

    public int DoubleHolders => _outcomes.Sum(outcome => outcome.DoubleHolders);

    public Estimate Doubles => Estimate.Exact(DoubleHolders, Simulated);

    public Money? Money
    {
        get
        {
            int regions = _input.Links.Regions.Count;
            var year = new double[regions, regions];
            double locks = _input.Locking!.Load.RatePerSecond * Unit.Year.Scale / Grants;
            foreach (LockOutcome outcome in _outcomes)
            {
                for (int i = 0; i < year.Length; i++)
                {
                    year[i / regions, i % regions] += outcome.BytesBetween[i / regions, i % regions] * locks;
                }
            }

            return Egress(_context, _input.Links.Regions, year);
        }
    }

    internal Provenance Simulated => Provenance.Simulated($"locks by {Strategy} on {_input.Links.Members} members", _context.Seed.Named($"locks {Strategy.Name}").Value, _outcomes.Count);

    /// <summary>Times until locks were had, ascending, of all runs together.</summary>
    public double[] AcquireSeconds()
    {
        double[] all = [.. _outcomes.SelectMany(outcome => outcome.AcquireSeconds())];
        Array.Sort(all);
        return all;
    }

    /// <summary>What bytes of a year cost that leave their region; where there are no regions every member is a site.</summary>
    public static Money? Egress(StudyContext context, IReadOnlyList<string> regions, double[,] bytesPerYear) => regions.Count > 1
        ? context.Prices.EgressOf(regions, (from, to) => bytesPerYear[from, to])
        : Kernel.Findings.Money.Of(("egress", bytesPerYear[0, 0] * context.Prices.EgressPerByte()));

    public static LockRuns Of(AgreementStrategy strategy, CoordinateInput input, StudyContext context, Action<double, string> report)
    {
        CoordinateLocking locking = input.Locking!;
        Seed seed = context.Seed.Named($"locks {strategy.Name}");
        var outcomes = new List<LockOutcome>();
        for (int trial = 0; trial < Trials * context.Effort; trial++)
        {
            report(0.8 * trial / (Trials * context.Effort), $"locks by {strategy}");
            outcomes.Add(SimulatedLocks.Run(strategy, locking.Setting, locking.Load, seed.At(trial), context.Cancellation));
        }

        var handovers = new List<double>();
        for (int trial = 0; trial < HandoverTrials * context.Effort; trial++)
        {
            report(0.8 + (0.2 * trial / (HandoverTrials * context.Effort)), $"locks by {strategy}, their holder lost");
            handovers.Add(SimulatedLocks.HandoverSeconds(strategy, locking.Setting, locking.Load, seed.Named("handover").At(trial), context.Cancellation));
        }

        return new LockRuns(strategy, input, context, outcomes, handovers, Delays(strategy, locking, seed.Named("delays"), context.Cancellation));
    }

    /// <summary>One client at a time, where every message takes the same and disks nothing: the median over the latency counts the delays.</summary>
    private static double Delays(AgreementStrategy strategy, CoordinateLocking locking, Seed seed, CancellationToken cancellation)
    {
        var plain = new AgreementSetting
        {
            Places = AgreementPlaces.Uniform(locking.Setting.Servers, 1, DelayNs),
            Network = new NetworkOptions { Topology = Topology.Complete(1, 0) },
            Load = locking.Setting.Load,
            DurabilityNs = 0,
        };
        var load = new LockLoad { Acquisitions = PlainAcquisitions, RatePerSecond = 1, HoldNs = DelayNs, LeaseNs = 1_000 * DelayNs, PollNs = DelayNs, Locks = 1 };
        return Quantiles.OfSorted(SimulatedLocks.Run(strategy, plain, load, seed, cancellation).AcquireSeconds(), 0.5) * 1e9 / DelayNs;
    }

    private IEnumerable<string> Missed()
    {
        if (DoubleHolders > 0)
        {
            yield return $"one holder: {DoubleHolders} grants of a lock that another still had";
        }

        if (_input.LockP99Seconds is { } p99 && AcquireP99.Value > p99)
        {
            yield return $"lock p99: {CoordinateWords.Time(AcquireP99.Value)} (goal {CoordinateWords.Time(p99)})";
        }

        if (_input.HandoverSeconds is { } handover && Handover.Value > handover)
        {
            yield return $"handover: {CoordinateWords.Time(Handover.Value)} (goal {CoordinateWords.Time(handover)})";
        }
    }

    private Estimate Mean(IEnumerable<double> all)
    {
        double[] values = [.. all];
        return values.Any(double.IsPositiveInfinity) ? Estimate.Exact(double.PositiveInfinity, Simulated) : Estimate.Mean(Moments.Of(values), Simulated);
    }
}
