using Headroom.Balancing.Dispatch;
using Headroom.Balancing.Pools;
using Headroom.Kernel.Randomness;
using Headroom.Queueing.Service;

namespace Headroom.Balancing.Tests.Dispatch;

/// <summary>Each policy against a recount of everything from the list of departures.</summary>
public sealed class DispatchPolicyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(33)]
    public void ShortestQueueNeverPassesAShorterOne(int servers) =>
        Run(new ShortestQueue(), servers, (lengths, _, chosen) => lengths[chosen].ShouldBe(lengths.Min()));

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void AsManyChoicesAsServersAreTheShortestQueue(int servers) =>
        Run(new PowerOfChoices(servers), servers, (lengths, _, chosen) => lengths[chosen].ShouldBe(lengths.Min()));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void SharedQueueGivesTheServerThatIsFreeFirst(int servers) =>
        Run(new SharedQueue(), servers, (_, freeAt, chosen) => freeAt[chosen].ShouldBe(freeAt.Min()));

    [Fact]
    public void RoundRobinGoesRound()
    {
        int expected = 0;
        Run(new RoundRobin(), 7, (_, _, chosen) =>
        {
            chosen.ShouldBe(expected);
            expected = (expected + 1) % 7;
        });
    }

    [Fact]
    public void RandomSplitUsesEveryServerEqually()
    {
        var counts = new int[8];
        Run(new RandomSplit(), 8, (_, _, chosen) => counts[chosen]++);
        // 4,000 jobs, 500 each, standard deviation 20.9: five of them.
        counts.ShouldAllBe(count => Math.Abs(count - 500) < 105);
    }

    [Fact]
    public void TwoChoicesNeverTakeTheLongestOfAll()
    {
        int others = 0;
        Run(new PowerOfChoices(2), 6, (lengths, _, chosen) =>
        {
            int longest = lengths.Max();
            bool onlyLongest = lengths.Count(l => l == longest) == 1;
            (onlyLongest && lengths[chosen] == longest).ShouldBeFalse();
            others += lengths[chosen] > lengths.Min() ? 1 : 0;
        });
        others.ShouldBeGreaterThan(100);
    }

    private static void Run<TPolicy>(TPolicy policy, int servers, Action<int[], double[], int> check)
        where TPolicy : struct, IDispatchPolicy
    {
        const int jobs = 4000;
        Seed seed = new Seed(3).Named(typeof(TPolicy).Name).At(servers);
        RandomStream random = seed.Named("jobs").Stream();
        var gaps = new double[jobs];
        var sizes = new double[jobs];
        new ExponentialService(1 / (0.95 * servers)).Fill(ref random, gaps);
        new HyperexponentialService(1, 2).Fill(ref random, sizes);
        var recounting = new Recounting<TPolicy>(policy, servers, check);
        RandomStream draws = seed.Named("policy").Stream();
        // Twice with one policy: the second start must forget the first run.
        FifoServers.Run(ref recounting, gaps, sizes, new double[servers], ref draws, new double[jobs]);
        if (typeof(TPolicy) != typeof(RoundRobin) && typeof(TPolicy) != typeof(RandomSplit))
        {
            FifoServers.Run(ref recounting, gaps, sizes, new double[servers], ref draws, new double[jobs]);
        }
    }

    private struct Recounting<TPolicy>(TPolicy policy, int servers, Action<int[], double[], int> check) : IDispatchPolicy
        where TPolicy : struct, IDispatchPolicy
    {
        private readonly List<double>[] _departures = [.. Enumerable.Range(0, servers).Select(_ => new List<double>())];
        private TPolicy _policy = policy;

        public void Start(int servers, int jobs)
        {
            _policy.Start(servers, jobs);
            Array.ForEach(_departures, list => list.Clear());
        }

        public int Choose(double nowS, ReadOnlySpan<double> freeAtS, ref RandomStream random)
        {
            int chosen = _policy.Choose(nowS, freeAtS, ref random);
            Array.ForEach(_departures, list => list.RemoveAll(d => d <= nowS));
            check([.. _departures.Select(list => list.Count)], freeAtS.ToArray(), chosen);
            return chosen;
        }

        public void Dispatched(int server, int job, double departureS)
        {
            _policy.Dispatched(server, job, departureS);
            _departures[server].Add(departureS);
        }
    }
}
