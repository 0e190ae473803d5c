using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Scale;

/// <summary>Runs a series of broadcasts on the simulator and watches clock and memory.</summary>
public static class ScaleRun
{
    /// <exception cref="InputException">The protocol cannot run in the setting.</exception>
    public static ScaleMeasurement Run(ScaleOptions options, string command, TimeProvider clock, Func<long> peakBytes, Func<double> processorSeconds, Action<double, string> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(peakBytes);
        ArgumentNullException.ThrowIfNull(processorSeconds);
        ArgumentNullException.ThrowIfNull(report);
        double processorBefore = processorSeconds();
        long before = peakBytes();
        long start = clock.GetTimestamp();
        report(0, "links");
        BroadcastSetting setting = options.Setting();
        if (options.Strategy.Problem(setting) is { } problem)
        {
            throw new InputException(new Mark("headroom scale", 0, 0), problem);
        }

        double linksSeconds = clock.GetElapsedTime(start).TotalSeconds;
        double settledSeconds = linksSeconds;
        report(0.01, "members");
        SeriesOutcome outcome = BroadcastSeries.Run(setting, options.Strategy, options.Broadcasts, options.Seed, finished =>
        {
            settledSeconds = finished == 0 ? clock.GetElapsedTime(start).TotalSeconds : settledSeconds;
            report((finished + 1.0) / (options.Broadcasts + 1), finished == 0 ? "settled" : $"{finished} of {options.Broadcasts} broadcasts");
        }, cancellation);
        double seconds = clock.GetElapsedTime(start).TotalSeconds;
        return new ScaleMeasurement
        {
            Options = options,
            Command = command,
            Outcome = outcome,
            LinksSeconds = linksSeconds,
            SettlingSeconds = settledSeconds - linksSeconds,
            BroadcastSeconds = seconds - settledSeconds,
            ProcessorSeconds = processorSeconds() - processorBefore,
            BytesBefore = before,
            BytesPeak = peakBytes(),
        };
    }
}
