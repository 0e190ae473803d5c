using System.Runtime.ExceptionServices;

namespace Headroom.Simulation.Hosting;

/// <summary>Many independent runs side by side. Results come in the order of the runs, whatever the threads do: their number never changes a value.</summary>
public static class Replications
{
    /// <param name="count">How many runs.</param>
    /// <param name="run">The i-th run, from 0; called from several threads. Its randomness comes from a seed of its own, <c>seed.At(i)</c>.</param>
    /// <param name="threads">Runs at a time; null for all cores.</param>
    /// <param name="cancellation">Looked at before each run.</param>
    /// <exception cref="Exception">The exception of the first run, by number, that throws; runs that had begun end first.</exception>
    public static TResult[] Run<TResult>(int count, Func<int, TResult> run, int? threads = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(run);
        int workers = Math.Min(count, threads ?? Environment.ProcessorCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, Math.Min(1, count), nameof(threads));
        var results = new TResult[count];
        var failures = new ExceptionDispatchInfo?[count];
        int next = -1;
        bool hasFailed = false;
        if (workers > 0)
        {
            _ = Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => Work());
        }

        // Numbers are handed out in order: every run before a failed one was begun, so that the first failure is always the same.
        Array.Find(failures, failure => failure is not null)?.Throw();
        return results;

        void Work()
        {
            while (!Volatile.Read(ref hasFailed))
            {
                int i = Interlocked.Increment(ref next);
                if (i >= count)
                {
                    return;
                }

                try
                {
                    cancellation.ThrowIfCancellationRequested();
                    results[i] = run(i);
                }
#pragma warning disable CA1031 // Whatever a run throws is thrown again, in order.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    failures[i] = ExceptionDispatchInfo.Capture(e);
                    Volatile.Write(ref hasFailed, true);
                }
            }
        }
    }
}
