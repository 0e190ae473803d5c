using Headroom.Audit.Comparisons;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests.Comparisons;

/// <summary>Small comparisons to look at.</summary>
internal static class Comparing
{
    public static ComparisonResult Broadcasts(BroadcastGridText text, int trials = 5, int threads = 1, string? journal = null, TrialPolicy? policy = null,
        bool runsExact = true, Action<RunProgress>? onProgress = null, ulong seed = 1, CancellationToken cancellation = default)
    {
        BroadcastGrid grid = BroadcastGridReader.Read(text, new Seed(seed));
        return ComparisonRun.Run(new BroadcastComparison(grid, new Seed(seed), runsExact), new RunOptions
        {
            Policy = policy ?? new TrialPolicy { Trials = trials },
            Threads = threads,
            Clock = TimeProvider.System,
            Command = "headroom compare broadcast",
            Journal = journal,
            OnProgress = onProgress,
        }, cancellation);
    }

    public static double Mean(this ComparisonResult result, string metric) => result.Rows.Single(r => r.Metric == metric).Measured!.Value.Mean;
}
