using Headroom.Balancing.Dispatch;
using Headroom.Balancing.Pools;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;
using Headroom.Queueing.Bounds;
using Headroom.Queueing.Service;

namespace Headroom.Balancing.Tests.Pools;

public sealed class FifoServersTests
{
    [Fact]
    public void FourJobsByHand()
    {
        var policy = default(SharedQueue);
        RandomStream random = new Seed(1).Stream();
        var sojourns = new double[4];
        // Arrivals at 1, 2, 3, 4 with work 5, 1, 4, 1 on two servers: the third starts at 3, the fourth when the first leaves at 6.
        FifoServers.Run(ref policy, [1, 1, 1, 1], [5, 1, 4, 1], new double[2], ref random, sojourns);
        sojourns.ShouldBe([5, 1, 4, 3]);
    }

    /// <summary>On every path, at every arrival, every policy has at least the work of one server of the joint speed: the theorem's own evaluator is the judge.</summary>
    [Fact]
    public void NoPolicyEverHasLessWorkLeftThanOneFastServer()
    {
        for (int instance = 0; instance < 40; instance++)
        {
            Seed seed = new Seed(17).At(instance);
            RandomStream draw = seed.Stream();
            int servers = 1 + draw.Below(6);
            int jobs = 60;
            var gaps = new double[jobs];
            var sizes = new double[jobs];
            new GammaService(1.0 / servers, 0.2 + (3 * draw.NextDouble())).Fill(ref draw, gaps);
            new LognormalService(0.2 + draw.NextDouble(), 0.2 + (3 * draw.NextDouble())).Fill(ref draw, sizes);
            Check(default(RandomSplit), seed, servers, gaps, sizes);
            Check(default(RoundRobin), seed, servers, gaps, sizes);
            Check(default(ShortestQueue), seed, servers, gaps, sizes);
            Check(default(SharedQueue), seed, servers, gaps, sizes);
            Check(new PowerOfChoices(2), seed, servers, gaps, sizes);
        }
    }

    private static void Check<TPolicy>(TPolicy policy, Seed seed, int servers, double[] gaps, double[] sizes)
        where TPolicy : struct, IDispatchPolicy
    {
        RandomStream random = seed.Named("policy").Stream();
        var sojourns = new double[gaps.Length];
        FifoServers.Run(ref policy, gaps, sizes, new double[servers], ref random, sojourns);
        var arrivals = new double[gaps.Length];
        double now = 0;
        for (int i = 0; i < gaps.Length; i++)
        {
            arrivals[i] = now += gaps[i];
        }

        for (int at = 0; at < gaps.Length; at += 7)
        {
            double time = arrivals[at] + (0.3 * gaps[at]);
            double work = 0;
            for (int i = 0; i < gaps.Length && arrivals[i] <= time; i++)
            {
                // What a job has left: its whole size until it starts, then what remains.
                work += Math.Clamp(arrivals[i] + sojourns[i] - time, 0, sizes[i]);
            }

            double floor = WorkloadBound.OfPath.Evaluate(new BoundArguments { { "arrivals", arrivals }, { "sizes", sizes }, { "c", servers }, { "at", time } }).Number!.Value;
            work.ShouldBeGreaterThanOrEqualTo(floor - (1e-9 * (1 + floor)));
        }
    }
}
