using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>The crashes of one way to elect.</summary>
internal sealed class ElectionRuns
{
    private const int TrialsMax = 200;
    private const int TrialsMin = 12;
    private const int RoundTrials = 10;

    /// <summary>Messages of all crashes of a way together, or so.</summary>
    private const double MessagesMax = 300_000;
    private const double P99 = 0.99;

    private readonly CoordinateInput _input;
    private readonly StudyContext _context;
    private readonly IReadOnlyList<ElectionSample> _samples;
    private readonly IReadOnlyList<double> _rounds;
    private readonly long _worst;

    private ElectionRuns(ElectionWay way, CoordinateInput input, StudyContext context, IReadOnlyList<ElectionSample> samples, IReadOnlyList<double> rounds, IEnumerable<long> arranged)
    {
        (Way, _input, _context, _samples, _rounds) = (way, input, context, samples, rounds);
        _worst = samples.Select(sample => sample.Messages).Concat(arranged).Max();
        MissedGoals = [.. Missed()];
    }

    public ElectionWay Way { get; }

    public IReadOnlyList<string> MissedGoals { get; }

    public int Crashes => _samples.Count;

    public Estimate Messages => Mean(_samples.Select(sample => (double)sample.Messages));

    public long MessagesMin => _samples.Min(sample => sample.Messages);

    public Estimate Worst => Estimate.Exact(_worst, Simulated);

    public Estimate Bytes => Mean(_samples.Select(sample => (double)sample.Bytes));

    public Estimate Rounds => Mean(_rounds);

    public Estimate Noticed => Mean(_samples.Select(sample => sample.NoticedSeconds));

    public Estimate Time => Mean(_samples.Select(sample => sample.KnownSeconds));

    public Estimate TimeP99
    {
        get
        {
            double[] all = Times();
            double value = Quantiles.OfSorted(all, P99);
            return double.IsPositiveInfinity(all[^1]) ? Estimate.Exact(value, Simulated) : Estimate.Between(value, Quantiles.IntervalOfSorted(all, P99, 0.95), all.Length, Simulated);
        }
    }

    public Estimate Leaderless => Time.Scaled(_input.FailuresPerSecond * Unit.Year.Scale);

    public Estimate Agreed => Mean(_samples.Select(sample => sample.Agreed ? 100.0 : 0));

    /// <summary>Of elections and signs of life, in a year.</summary>
    public Money? Money
    {
        get
        {
            int regions = _input.Links.Regions.Count;
            var year = new double[regions, regions];
            double elections = _input.FailuresPerSecond * Unit.Year.Scale / _samples.Count;
            foreach (ElectionSample sample in _samples)
            {
                for (int i = 0; i < year.Length; i++)
                {
                    year[i / regions, i % regions] += sample.Between[i / regions, i % regions] * elections;
                }
            }

            return LockRuns.Egress(_context, _input.Links.Regions, With(year, HeartbeatBytesPerSecond * Unit.Year.Scale));
        }
    }

    /// <summary>Bytes on the wire without any failure: a message of 15 B and its headers for every follower and heartbeat, and answers to them where there are any.</summary>
    public double HeartbeatBytesPerSecond =>
        (_input.Links.Members - 1) * Way.HeartbeatMessages * _input.Network.Packets.WireBytes(Consensus.LeaderElection.ElectionMessage.Bytes) / (Way.HeartbeatNs(_input) / 1e9);

    private Provenance Simulated => Provenance.Simulated($"{Way} among {_input.Links.Members} members", _context.Seed.Named(Way.Name).Value, _samples.Count);

    /// <summary>Times until all know, ascending, in seconds.</summary>
    public double[] Times()
    {
        double[] all = [.. _samples.Select(sample => sample.KnownSeconds)];
        Array.Sort(all);
        return all;
    }

    public static ElectionRuns Of(ElectionWay way, CoordinateInput input, StudyContext context, Action<double, string> report)
    {
        Seed seed = context.Seed.Named(way.Name);
        int leaders = input.Links.Leaders.Count;
        var samples = new List<ElectionSample>();
        double messages = 0;
        for (int trial = 0; trial < TrialsMax * context.Effort && (trial < TrialsMin * context.Effort || messages < MessagesMax * context.Effort); trial++)
        {
            report((double)trial / (TrialsMax * context.Effort), way.Name);
            samples.Add(way.Run(input, LeaderOf(trial), seed.At(trial)));
            messages += samples[^1].Messages;
        }

        double[] rounds = [.. Enumerable.Range(0, RoundTrials * context.Effort).Select(trial => way.Rounds(input, LeaderOf(trial), seed.Named("rounds").At(trial)))];
        return new ElectionRuns(way, input, context, samples, rounds, way.Worst(input, input.Links.Leaders[0]));

        int LeaderOf(int trial) => input.Links.Leaders[seed.Named("leaders").At(trial).Stream().Below(leaders)];
    }

    /// <summary>Followers hear of their leader, whose place is anybody's.</summary>
    private double[,] With(double[,] year, double heartbeatBytes)
    {
        int members = _input.Links.Members;
        for (int from = 0; from < members; from++)
        {
            for (int to = 0; to < members; to++)
            {
                if (from != to)
                {
                    year[_input.Links.RegionOf[from], _input.Links.RegionOf[to]] += heartbeatBytes / members / (members - 1);
                }
            }
        }

        return year;
    }

    private IEnumerable<string> Missed()
    {
        int disagreed = _samples.Count(sample => !sample.Agreed);
        if (disagreed > 0)
        {
            yield return $"one leader: {disagreed} of {_samples.Count} elections left members that differ";
        }

        if (_input.WithinSeconds is { } within && Quantiles.OfSorted(Times(), P99) > within)
        {
            yield return $"within: {CoordinateWords.Time(Quantiles.OfSorted(Times(), P99))} (goal {CoordinateWords.Time(within)})";
        }
    }

    private Estimate Mean(IEnumerable<double> all)
    {
        double[] values = [.. all];
        return values.Any(double.IsPositiveInfinity) ? Estimate.Exact(double.PositiveInfinity, Simulated) : Estimate.Mean(Moments.Of(values), Simulated);
    }
}
