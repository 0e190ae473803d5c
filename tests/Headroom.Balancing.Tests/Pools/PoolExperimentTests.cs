using Headroom.Balancing.Pools;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Queueing.Bounds;
using Headroom.Queueing.Models;
using Headroom.Queueing.Service;

namespace Headroom.Balancing.Tests.Pools;

public sealed class PoolExperimentTests
{
    private static readonly Dispatcher[] All =
        [Dispatcher.Random, Dispatcher.RoundRobin, Dispatcher.PowerOfChoices(2), Dispatcher.ShortestQueue, Dispatcher.SharedQueue];

    private static PoolExperiment Pool(double load, ServiceDistribution service, int servers, string name, int replications = 20, int jobs = 10_000) =>
        new(new PoolOptions
        {
            ArrivalsPerS = load * servers / service.MeanS,
            Service = service,
            Seed = new Seed(42).Named(name),
            Replications = replications,
            JobsCounted = jobs,
        });

    /// <summary>Student's interval at 1 - 10^-5 from 20 runs.</summary>
    private static void Agrees(Moments values, double exact)
    {
        Interval interval = values.MeanInterval(1 - 1e-5);
        interval.Contains(exact).ShouldBeTrue($"{values.Mean} ± {values.StandardError} against {exact}");
        (values.StandardError / exact).ShouldBeLessThan(0.05);
    }

    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(0.8, 1)]
    [InlineData(0.7, 3)]
    [InlineData(0.9, 20)]
    public void OneQueueAgreesWithErlang(double load, int servers)
    {
        var delay = (PoolDelay.Measured)Dispatcher.SharedQueue.Run(Pool(load, new ExponentialService(1), servers, "erlang"), servers);
        Agrees(delay.MeanS, MarkovianQueue.Means(load * servers, 1, servers).SojournS);
        Agrees(delay.QuantileS, MarkovianQueue.SojournQuantileS(load * servers, 1, servers, 0.99));
        delay.IsSettled.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.8)]
    public void RandomSplitAgreesWithPollaczekAndKhinchine(double cv)
    {
        var delay = (PoolDelay.Measured)Dispatcher.Random.Run(Pool(0.6, ServiceFit.ByCv(0.0042, cv), 6, "pk"), 6);
        Agrees(delay.MeanS, PollaczekKhinchine.Means(0.6 / 0.0042, 0.0042, cv).SojournS);
    }

    [Fact]
    public void RandomSplitOfAnExponentialPoolHasAnExponentialSojourn()
    {
        var delay = (PoolDelay.Measured)Dispatcher.Random.Run(Pool(0.7, new ExponentialService(1), 4, "tail"), 4);
        Agrees(delay.QuantileS, Math.Log(100) / 0.3);
        foreach ((double time, double share) in delay.Histogram.Survival().Where(p => p.Share > 0.001))
        {
            share.ShouldBe(Math.Exp(-0.3 * time), 0.01);
        }
    }

    /// <summary>Two servers with the shortest queue, exponential service: the mean from the balance equations of the two-dimensional chain, solved by iteration.</summary>
    [Fact]
    public void ShortestOfTwoQueuesAgreesWithItsMarkovChain()
    {
        const double lambda = 1.4;
        const int size = 60;
        var p = new double[size, size];
        p[0, 0] = 1;
        for (int sweep = 0; sweep < 3000; sweep++)
        {
            var next = new double[size, size];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    double left = p[i, j];
                    void Move(int a, int b, double rate)
                    {
                        next[Math.Min(a, size - 1), Math.Min(b, size - 1)] += p[i, j] * rate / 4;
                        left -= p[i, j] * rate / 4;
                    }

                    Move(i + 1, j, i < j ? lambda : i == j ? lambda / 2 : 0);
                    Move(i, j + 1, j < i ? lambda : i == j ? lambda / 2 : 0);
                    Move(Math.Max(0, i - 1), j, i > 0 ? 1 : 0);
                    Move(i, Math.Max(0, j - 1), j > 0 ? 1 : 0);
                    next[i, j] += left;
                }
            }

            p = next;
        }

        double present = 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                present += (i + j) * p[i, j];
            }
        }

        var delay = (PoolDelay.Measured)Dispatcher.ShortestQueue.Run(Pool(0.7, new ExponentialService(1), 2, "jsq"), 2);
        Agrees(delay.MeanS, present / lambda);
        var two = (PoolDelay.Measured)Dispatcher.PowerOfChoices(2).Run(Pool(0.7, new ExponentialService(1), 2, "jsq"), 2);
        Agrees(two.MeanS, present / lambda);
    }

    /// <summary>
    /// 95 % intervals of 200 independent experiments on M/M/1 at load 0.7: the number that hold the true value is binomial(200, 0.95) if the
    /// intervals are honest; 178 to 199 holds 99.9 % of it.
    /// </summary>
    [Fact]
    public void IntervalsOfMeanAndTailCoverAsTheyClaim()
    {
        int mean = 0;
        int tail = 0;
        for (int i = 0; i < 200; i++)
        {
            var delay = (PoolDelay.Measured)Dispatcher.Random.Run(Pool(0.7, new ExponentialService(1), 1, $"coverage {i}", replications: 8, jobs: 2500), 1);
            mean += delay.MeanS.MeanInterval(0.95).Contains(1 / 0.3) ? 1 : 0;
            tail += delay.QuantileS.MeanInterval(0.95).Contains(Math.Log(100) / 0.3) ? 1 : 0;
        }

        mean.ShouldBeInRange(178, 199);
        tail.ShouldBeInRange(178, 199);
    }

    [Fact]
    public void KnowingMoreOfTheQueuesNeverCostsDelay()
    {
        PoolExperiment pool = Pool(0.8, new HyperexponentialService(1, 1.8), 6, "order");
        PoolDelay.Measured[] delays = [.. All.Select(d => (PoolDelay.Measured)d.Run(pool, 6))];
        for (int i = 0; i + 1 < delays.Length; i++)
        {
            // Common random numbers make the differences far sharper than either mean; a plain comparison of means is conservative here.
            double slack = 3 * Math.Max(delays[i].MeanS.StandardError, delays[i + 1].MeanS.StandardError);
            delays[i + 1].MeanS.Mean.ShouldBeLessThan(delays[i].MeanS.Mean + slack, All[i + 1].Name);
        }

        delays[2].MeanS.Mean.ShouldBeLessThan(0.7 * delays[0].MeanS.Mean);
    }

    /// <summary>Where the floor of blind dispatchers says most: few busy servers. One queue stays close above it, so an error in the floor would show.</summary>
    [Theory]
    [InlineData(1, 0.8, 1.8)]
    [InlineData(2, 0.9, 0.5)]
    [InlineData(2, 0.9, 1.8)]
    [InlineData(3, 0.92, 1)]
    public void TheFloorOfBlindDispatchersIsNearlyReachedByOneQueue(int servers, double load, double cv)
    {
        PoolExperiment pool = Pool(load, ServiceFit.ByCv(1, cv), servers, "blind", jobs: 20_000);
        double floor = BlindServersBound.Mean.Evaluate(new BoundArguments { ["lambda"] = load * servers, ["mean"] = 1, ["cv"] = cv, ["c"] = servers }).Number!.Value;
        foreach (Dispatcher dispatcher in All)
        {
            var delay = (PoolDelay.Measured)dispatcher.Run(pool, servers);
            Estimate mean = Estimate.Mean(delay.MeanS, Provenance.Simulated("pool", 42, 20));
            Gap.Judge(mean, BoundValue.Of(floor), Side.Floor, 100).ShouldNotBe(Verdict.Violated, dispatcher.Name);
            if (dispatcher == Dispatcher.SharedQueue)
            {
                mean.Value.ShouldBeLessThan((1.25 * floor) + (4 * mean.StandardError));
            }
        }
    }

    [Fact]
    public void RisingArrivalsAreCrossedWhereErlangSays()
    {
        PoolOptions options = Pool(0.5, new ExponentialService(1), 4, "sweep").Options;
        IReadOnlyList<(double ArrivalsPerS, PoolDelay.Measured Delay)> points = LoadSweep.Run(options, Dispatcher.SharedQueue, 4, [0.5, 0.6, 0.7, 0.75, 0.8, 0.85]);
        points.Count.ShouldBe(6);
        double goal = MarkovianQueue.Means(3.1, 1, 4).SojournS;
        LoadSweep.Crossing(points, d => d.MeanS.Mean, goal).ShouldNotBeNull().ShouldBe(3.1, 0.06);
        LoadSweep.Crossing(points, d => d.MeanS.Mean, 100).ShouldBeNull();
    }

    [Fact]
    public void OverloadIsAValueAndNearSaturationIsSaid()
    {
        Dispatcher.Random.Run(Pool(1.2, new ExponentialService(1), 3, "over"), 3).ShouldBeOfType<PoolDelay.Unstable>().Utilisation.ShouldBe(1.2, 1e-12);
        var near = (PoolDelay.Measured)Dispatcher.SharedQueue.Run(Pool(0.999, new ExponentialService(1), 1, "near", replications: 2, jobs: 1000), 1);
        near.IsSettled.ShouldBeFalse();
    }

    [Fact]
    public void ASeedReplaysToTheLastBit()
    {
        var one = (PoolDelay.Measured)Dispatcher.ShortestQueue.Run(Pool(0.8, new LognormalService(1, 2), 5, "replay", 3, 2000), 5);
        PoolExperiment again = Pool(0.8, new LognormalService(1, 2), 5, "replay", 3, 2000);
        _ = Dispatcher.Random.Run(again, 9);
        var two = (PoolDelay.Measured)Dispatcher.ShortestQueue.Run(again, 5);
        two.MeanS.ShouldBe(one.MeanS);
        two.QuantileS.ShouldBe(one.QuantileS);
    }

    /// <summary>The project's strongest test: whatever the instance, no policy crosses a floor beyond its interval at 1 - 10^-6.</summary>
    [Fact]
    public void NoPolicyCrossesAFloorOnRandomInstances()
    {
        RandomStream draw = new Seed(99).Stream();
        for (int instance = 0; instance < 24; instance++)
        {
            int servers = 1 + draw.Below(8);
            double load = 0.1 + (0.8 * draw.NextDouble());
            double cv = draw.Below(4) == 0 ? 0 : 0.3 + (2.5 * draw.NextDouble());
            int family = cv == 0 ? 0 : cv > 1 ? draw.Below(4) : draw.Below(2);
            ServiceFit.TryFit(2, cv, (ServiceFamily)family, out ServiceDistribution? service, out _).ShouldBeTrue();
            PoolExperiment pool = Pool(load, service!, servers, $"floor {instance}", jobs: 2000);
            BoundArguments Given() => new() { ["lambda"] = pool.Options.ArrivalsPerS, ["mean"] = 2, ["cv"] = cv, ["c"] = servers };
            BoundArguments fitted = Given();
            fitted["family"] = family;
            BoundValue[] floors =
            [
                ServiceTimeBound.Mean.Evaluate(new BoundArguments { ["mean"] = 2 }),
                ShortestRemainingBound.Fitted.Evaluate(fitted),
                BlindServersBound.Mean.Evaluate(Given()),
            ];
            BoundValue tail = ServiceTimeBound.Quantile.Evaluate(new BoundArguments { ["mean"] = 2, ["cv"] = cv, ["family"] = family, ["p"] = 0.99 });
            BoundValue split = StaticSplitBound.Mean.Evaluate(Given());
            foreach (Dispatcher dispatcher in All)
            {
                var delay = (PoolDelay.Measured)dispatcher.Run(pool, servers);
                string what = $"{dispatcher} {service} load {load} c {servers} cv {cv}";
                Estimate mean = Estimate.Mean(delay.MeanS, Provenance.Simulated("pool", 99, 20));
                foreach (BoundValue floor in floors)
                {
                    Gap.Judge(mean, floor, Side.Floor, 1000).ShouldNotBe(Verdict.Violated, what);
                }

                Estimate p99 = Estimate.Mean(delay.QuantileS, Provenance.Simulated("pool", 99, 20));
                Gap.Judge(p99, tail, Side.Floor, 1000).ShouldNotBe(Verdict.Violated, what);
                if (dispatcher == Dispatcher.Random)
                {
                    Gap.Judge(mean, split, Side.Floor, 1000).ShouldNotBe(Verdict.Violated, what);
                }
            }
        }
    }
}
