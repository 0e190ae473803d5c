using Headroom.Balancing.Pools;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Queueing.Models;
using Headroom.Queueing.Service;

namespace Headroom.Benchmarks.Queueing;

/// <summary>
/// Jobs a second through each dispatch policy, arrivals and sizes drawn beforehand, delays counted and their quantile selected; beside random split, whose
/// loop is the least that any policy can cost. First the shared queue must agree with Erlang's formula.
/// </summary>
public sealed class PoolSimulation : IBenchmark
{
    private const int Servers = 6;
    private const double Load = 0.7;

    public string Name => "queueing/pool";

    public IEnumerable<BenchmarkResult> Run()
    {
        var pool = new PoolExperiment(new PoolOptions
        {
            ArrivalsPerS = Load * Servers,
            Service = new ExponentialService(1),
            Seed = new Seed(1).Named("bench"),
            Replications = 10,
            JobsCounted = 50_000,
        });
        Check(pool);
        Dispatcher[] dispatchers =
            [Dispatcher.Random, Dispatcher.RoundRobin, Dispatcher.PowerOfChoices(2), Dispatcher.ShortestQueue, Dispatcher.SharedQueue];
        double[] seconds = Interleaved.BestSeconds(5, [.. dispatchers.Select(d => (Action)(() => d.Run(pool, Servers)))]);
        for (int i = 0; i < dispatchers.Length; i++)
        {
            double jobs = 10.0 * (50_000 + ((PoolDelay.Measured)dispatchers[i].Run(pool, Servers)).WarmUp);
            double rate = jobs / seconds[i] / 1e6;
            double random = 10.0 * (50_000 + ((PoolDelay.Measured)dispatchers[0].Run(pool, Servers)).WarmUp) / seconds[0] / 1e6;
            yield return new BenchmarkResult($"{Name}/{dispatchers[i]}", rate, "M jobs/s", rate / random, "random split", i == 0 ? null : 0.2);
        }
    }

    private static void Check(PoolExperiment pool)
    {
        var delay = (PoolDelay.Measured)Dispatcher.SharedQueue.Run(pool, Servers);
        double exact = MarkovianQueue.Means(Load * Servers, 1, Servers).SojournS;
        Interval interval = delay.MeanS.MeanInterval(1 - 1e-6);
        if (!interval.Contains(exact))
        {
            throw new InvalidOperationException($"M/M/{Servers}: simulated {delay.MeanS.Mean} in [{interval.Low}, {interval.High}], Erlang gives {exact}");
        }
    }
}
