using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Detection;

/// <summary>Members that watch each other over a complete network; some crash at once.</summary>
public sealed record DetectionSetting
{
    public required NetworkOptions Network { get; init; }

    /// <summary>How often each member acts.</summary>
    public required long PeriodNs { get; init; }

    /// <summary>Members that crash, drawn at random; 0 to watch mistakes alone.</summary>
    public int Crashes { get; init; } = 1;

    /// <summary>Whole periods before the crash, which then strikes at a random moment of the next.</summary>
    public int QuietPeriods { get; init; } = 2;

    /// <summary>Periods that a run is watched after the crash; it ends earlier when all live members know.</summary>
    public int WatchPeriods { get; init; } = 200;

    /// <summary>All periods begin together, and the crash strikes just before one does: the model of the papers. Otherwise each member begins when it likes.</summary>
    public bool InStep { get; init; }

    public int Members => Network.Topology.Members;

    /// <summary>
    /// Time in which an answer is there: both ways at the greatest latency, four times the mean jitter, and a small packet at each line; without jitter three milliseconds more,
    /// since real machines are never exactly in time.
    /// </summary>
    public long RoundTripNs
    {
        get
        {
            long jitterNs = Math.Min(Network.Jitter.MaxNs ?? long.MaxValue, 4 * Network.Jitter.MeanNs);
            long lineNs = double.IsPositiveInfinity(Network.BandwidthBps) ? 0 : 4 * Network.SerialisationNs(200);
            return (2 * (Network.Topology.GreatestLatencyNs + jitterNs + lineNs)) + (Network.Jitter.IsNone ? 3_000_000 : 1);
        }
    }

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Network);
        Network.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(PeriodNs, 1, nameof(PeriodNs));
        ArgumentOutOfRangeException.ThrowIfNegative(Crashes, nameof(Crashes));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Crashes, Members, nameof(Crashes));
        ArgumentOutOfRangeException.ThrowIfNegative(QuietPeriods, nameof(QuietPeriods));
        ArgumentOutOfRangeException.ThrowIfLessThan(WatchPeriods, 1, nameof(WatchPeriods));
        if (!Network.Topology.IsComplete)
        {
            throw new ArgumentException("members watch each other where everybody reaches everybody", nameof(Network));
        }
    }
}
