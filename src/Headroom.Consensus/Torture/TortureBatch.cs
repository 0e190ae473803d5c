using Headroom.Simulation.Hosting;

namespace Headroom.Consensus.Torture;

/// <summary>Many seeds, side by side. What comes of a seed is the same whichever thread runs it.</summary>
public static class TortureBatch
{
    /// <param name="options">How large the runs are.</param>
    /// <param name="from">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">At a time; null for all cores.</param>
    /// <param name="report">Told of each run that is over, from several threads.</param>
    /// <param name="cancellation">Looked at before each run.</param>
    public static TortureResult[] Run(TortureOptions options, ulong from, int count, int? threads = null, Action<TortureResult>? report = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using var torture = new ThreadLocal<RaftTorture>(() => new RaftTorture(options));
        return Replications.Run(count, i =>
        {
            TortureResult result = torture.Value!.Run(from + (ulong)i);
            report?.Invoke(result);
            return result;
        }, threads, cancellation);
    }
}
