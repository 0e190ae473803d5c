using Headroom.Consensus.Bounds;
using Headroom.Consensus.LeaderElection;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Tests.LeaderElection;

/// <summary>Messages of elections on rings, against counts by hand, the published formulas and the floor.</summary>
public sealed class RingElectionTests
{
    public static TheoryData<int> Sizes => [2, 3, 4, 5, 8, 16, 33];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ChangRobertsSendsHalfOfNTimesNPlusOneAndNMoreInTheWorstArrangement(int n)
    {
        LeaderElectionOutcome outcome = Run(LeaderElectionRegistry.ChangRoberts, Descending(n));
        (outcome.Messages - outcome.Announcements).ShouldBe(n * (n + 1) / 2);
        outcome.Announcements.ShouldBe(n);
        outcome.Leader.ShouldBe(n - 1);
        outcome.EveryoneAgrees.ShouldBeTrue();
        // Once round with the identifier and once with who leads.
        outcome.TimeUnits.ShouldBe(2 * n);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ChangRobertsSendsTwoNLessOneAndNMoreInTheBestArrangement(int n)
    {
        LeaderElectionOutcome outcome = Run(LeaderElectionRegistry.ChangRoberts, Ascending(n));
        (outcome.Messages - outcome.Announcements).ShouldBe((2 * n) - 1);
        outcome.Announcements.ShouldBe(n);
        outcome.EveryoneAgrees.ShouldBeTrue();
    }

    [Fact]
    public void ChangRobertsSendsNTimesHarmonicOfNOnAverage()
    {
        const int Trials = 2000;
        foreach (int n in (int[])[4, 16, 64])
        {
            var messages = default(Moments);
            Seed seed = new Seed(7).Named("arrangements").At(n);
            for (int i = 0; i < Trials; i++)
            {
                LeaderElectionOutcome outcome = Run(LeaderElectionRegistry.ChangRoberts, Arrangement(n, seed.At(i)));
                messages.Add(outcome.Messages - outcome.Announcements);
            }

            double average = n * Enumerable.Range(1, n).Sum(k => 1.0 / k);
            messages.MeanInterval(0.999).Contains(average).ShouldBeTrue($"n {n}: {messages.MeanInterval(0.999)}, n H_n = {average}");
            messages.MeanInterval(0.999).Width.ShouldBeLessThan(0.06 * average);
        }
    }

    [Fact]
    public void ChangRobertsOverAllArrangementsOfFiveAveragesExactlyFiveTimesHarmonicOfFive()
    {
        long messages = 0;
        int arrangements = 0;
        foreach (long[] identifiers in Permutations([0, 1, 2, 3, 4], 0))
        {
            LeaderElectionOutcome outcome = Run(LeaderElectionRegistry.ChangRoberts, identifiers);
            messages += outcome.Messages - outcome.Announcements;
            arrangements++;
        }

        // 5 H_5 = 137/12.
        arrangements.ShouldBe(120);
        (messages * 12).ShouldBe(137 * 120);
    }

    [Theory]
    // Phase 0: both candidates go to the other both ways (4), the greater's two come back (2); phase 1: its 2 go one further, home (4). Announced: 2.
    [InlineData(2, 10, 2)]
    // Phase 0: 6 out; the greatest's come back from both others, the middle's from the smallest only: 3. Phase 1 (two far): 2 + 2 out, 2 + 2 back. Phase 2: three far each way, home: 6. Announced: 3.
    [InlineData(3, 23, 3)]
    public void HirschbergSinclairCountedByHand(int n, int candidates, int announcements)
    {
        foreach (long[] identifiers in Permutations([.. Ascending(n)], 0))
        {
            LeaderElectionOutcome outcome = Run(LeaderElectionRegistry.HirschbergSinclair, identifiers);
            (outcome.Messages - outcome.Announcements).ShouldBe(candidates);
            outcome.Announcements.ShouldBe(announcements);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void HirschbergSinclairKeepsItsBound(int n)
    {
        double bound = 8.0 * n * (1 + CeilingOfLog2(n));
        Seed seed = new Seed(11).Named("arrangements").At(n);
        IEnumerable<long[]> arrangements = [Ascending(n), Descending(n), .. Enumerable.Range(0, 50).Select(i => Arrangement(n, seed.At(i)))];
        foreach (long[] identifiers in arrangements)
        {
            LeaderElectionOutcome outcome = Run(LeaderElectionRegistry.HirschbergSinclair, identifiers);
            ((double)(outcome.Messages - outcome.Announcements)).ShouldBeLessThanOrEqualTo(bound);
            outcome.Announcements.ShouldBe(n);
            outcome.EveryoneAgrees.ShouldBeTrue();
            outcome.Leader.ShouldBe(n - 1);
        }
    }

    [Fact]
    public void OnLargeRingsHirschbergSinclairBeatsTheWorstOfChangRoberts()
    {
        long[] worst = Descending(256);
        Run(LeaderElectionRegistry.HirschbergSinclair, worst).Messages.ShouldBeLessThan(Run(LeaderElectionRegistry.ChangRoberts, worst).Messages / 4);
    }

    [Fact]
    public void NoElectionCrossesTheFloorInItsWorstArrangement()
    {
        foreach (int n in (int[])[2, 4, 8, 16, 64, 256])
        {
            double floor = ConsensusBounds.RingMessages.Evaluate(new BoundArguments { ["members"] = n }).Number!.Value;
            long[][] arrangements = [Descending(n), Ascending(n), BitReversed(n)];
            foreach (LeaderElectionStrategy strategy in (LeaderElectionStrategy[])[LeaderElectionRegistry.ChangRoberts, LeaderElectionRegistry.HirschbergSinclair])
            {
                double worst = arrangements.Max(identifiers => Run(strategy, identifiers).Messages);
                worst.ShouldBeGreaterThanOrEqualTo(floor, $"{strategy.Name} of {n}");
            }
        }
    }

    [Fact]
    public void TheGreatestLeadsWhateverTheDelays()
    {
        Seed seed = new Seed(3).Named("delays");
        for (int i = 0; i < 300; i++)
        {
            Seed trial = seed.At(i);
            int n = 1 + (i % 23);
            long[] identifiers = [.. Arrangement(n, trial.Named("ring")).Select(identifier => (identifier * 1000) + 17)];
            foreach (LeaderElectionStrategy strategy in (LeaderElectionStrategy[])[LeaderElectionRegistry.ChangRoberts, LeaderElectionRegistry.HirschbergSinclair])
            {
                // Delays of which many are several times the mean: messages overtake each other.
                var setting = new LeaderElectionSetting { Identifiers = identifiers, LatencyNs = 1000, Network = new NetworkOptions { Topology = Topology.Complete(n, 1000), Jitter = new Jitter(JitterShape.Exponential, 1_000_000) }, Seed = trial };
                LeaderElectionOutcome outcome = strategy.Run(setting);
                outcome.Leader.ShouldBe(identifiers.Max(), $"{strategy.Name}, trial {i}");
                outcome.EveryoneAgrees.ShouldBeTrue();
                outcome.Announcements.ShouldBe(n == 1 ? 0 : n);
                strategy.Run(setting).ShouldBe(outcome);
            }
        }
    }

    internal static long[] Arrangement(int n, Seed seed)
    {
        long[] identifiers = Ascending(n);
        RandomStream random = seed.Stream();
        random.Shuffle(identifiers.AsSpan());
        return identifiers;
    }

    private static LeaderElectionOutcome Run(LeaderElectionStrategy strategy, long[] identifiers) => strategy.Run(new LeaderElectionSetting { Identifiers = identifiers });

    private static long[] Ascending(int n) => [.. Enumerable.Range(0, n).Select(i => (long)i)];

    private static long[] Descending(int n) => [.. Enumerable.Range(0, n).Select(i => (long)(n - 1 - i))];

    /// <summary>Every other member survives each phase of doubling distances.</summary>
    private static long[] BitReversed(int n)
    {
        int bits = CeilingOfLog2(n);
        return [.. Enumerable.Range(0, n).Select(i => (long)Enumerable.Range(0, bits).Sum(bit => ((i >> bit) & 1) << (bits - 1 - bit)))];
    }

    private static int CeilingOfLog2(int n) => n <= 1 ? 0 : int.Log2(n - 1) + 1;

    private static IEnumerable<long[]> Permutations(long[] items, int from)
    {
        if (from == items.Length)
        {
            yield return [.. items];
        }

        for (int i = from; i < items.Length; i++)
        {
            (items[from], items[i]) = (items[i], items[from]);
            foreach (long[] permutation in Permutations(items, from + 1))
            {
                yield return permutation;
            }

            (items[from], items[i]) = (items[i], items[from]);
        }
    }
}
