using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;
using Headroom.Simulation.Tests.Hosting;

namespace Headroom.Simulation.Tests.Networks;

/// <summary>What single links do, seen by the one who receives. Each message carries its number.</summary>
public class LinkCharacterTests
{
    private const int Messages = 20_000;
    private const double Sure = 0.9999;

    [Theory]
    [InlineData(0.2, 4)]
    [InlineData(0.05, 1)]
    [InlineData(0.5, 10)]
    public void LossInBurstsHasItsMeanAndItsBurstLength(double mean, double burst)
    {
        bool[] arrived = Arrived(new NetworkOptions { Topology = Topology.Complete(2, 10), Bursts = new BurstLoss { Mean = mean, BurstMean = burst } });
        var lost = new Moments();
        var bursts = new Moments();
        int run = 0;
        foreach (bool came in arrived)
        {
            lost.Add(came ? 0 : 1);
            if (!came)
            {
                run++;
            }
            else if (run > 0)
            {
                bursts.Add(run);
                run = 0;
            }
        }

        bursts.MeanInterval(Sure).Contains(burst).ShouldBeTrue($"{bursts.Mean} in a row");
        // Bursts make n messages worth n / (1 + 2 rho/(1 - rho)) independent ones, rho = 1 - onset - end the chain's correlation.
        var chain = new BurstLoss { Mean = mean, BurstMean = burst };
        double rho = 1 - chain.Onset - chain.End;
        double deviation = Math.Sqrt(mean * (1 - mean) * (1 + rho) / (1 - rho) / Messages);
        Math.Abs(lost.Mean - mean).ShouldBeLessThan(3.9 * deviation);
    }

    [Fact]
    public void AnInOrderLinkNeverReordersAndAnotherDoes()
    {
        var network = new NetworkOptions { Topology = Topology.Complete(2, 1000), Jitter = Jitter.LogNormal(500_000, 2), Duplication = 0.2, Loss = 0.1 };
        static bool IsAscending(IReadOnlyList<int> numbers) => numbers.Zip(numbers.Skip(1)).All(pair => pair.First <= pair.Second);
        IsAscending(Received(network with { InOrder = true })).ShouldBeTrue();
        IsAscending(Received(network)).ShouldBeFalse();
        // Order costs waiting, not messages: the same ones are lost and doubled.
        Received(network with { InOrder = true }).Order().ShouldBe(Received(network).Order());
    }

    [Fact]
    public void DuplicationDoublesItsShare()
    {
        List<int> received = Received(new NetworkOptions { Topology = Topology.Complete(2, 10), Duplication = 0.25 });
        received.Distinct().Count().ShouldBe(Messages);
        Distributions.ProportionInterval(received.Count - Messages, Messages, Sure).Contains(0.25).ShouldBeTrue();
    }

    [Fact]
    public void ReorderingHoldsItsShareBackByItsDelay()
    {
        var network = new NetworkOptions { Topology = Topology.Complete(2, 10), Reordering = 0.1, ReorderDelayNs = 5_000 };
        (int Number, long AtNs)[] all = Run(network, spacingNs: 1_000);
        all.ShouldAllBe(m => m.AtNs - (m.Number * 1_000L) == 10 || m.AtNs - (m.Number * 1_000L) == 5_010);
        int late = all.Count(m => m.AtNs - (m.Number * 1_000L) == 5_010);
        Distributions.ProportionInterval(late, Messages, Sure).Contains(0.1).ShouldBeTrue();
        all.Select(m => m.Number).ShouldNotBe(all.Select(m => m.Number).Order());
        Should.Throw<ArgumentException>(() => (network with { InOrder = true }).Validate());
    }

    [Fact]
    public void ATransportThatRepeatsTurnsLossIntoDelayTwiceAsLongEachTime()
    {
        (int Number, long AtNs)[] all = Run(new NetworkOptions { Topology = Topology.Complete(2, 10), Loss = 0.2, RepeatNs = 100 }, spacingNs: 1_000);
        all.Length.ShouldBe(Messages);
        long[] late = [.. all.Select(m => m.AtNs - (m.Number * 1_000L) - 10)];
        late.ShouldAllBe(ns => long.IsPow2((ns / 100) + 1) && ns % 100 == 0);
        Distributions.ProportionInterval(late.Count(ns => ns > 0), Messages, Sure).Contains(0.2).ShouldBeTrue();
        Distributions.ProportionInterval(late.Count(ns => ns > 100), Messages, Sure).Contains(0.04).ShouldBeTrue();
        Distributions.ProportionInterval(late.Count(ns => ns > 300), Messages, Sure).Contains(0.008).ShouldBeTrue();
    }

    [Fact]
    public void AFullQueueDropsExactlyTheOverflow()
    {
        // 100 bytes, one of them the frame, take 100 ns; ten at once on a line that holds 450 bytes: four fit.
        var network = new NetworkOptions { Topology = Topology.Complete(2, 10), BandwidthBps = 8e9, Packets = PacketFormat.Bare, QueueBytesMax = 450 };
        Run(network, spacingNs: 0, count: 10, bytes: 100).Select(m => m.AtNs).ShouldBe([110, 210, 310, 410]);
        Run(network with { QueueBytesMax = 99 }, spacingNs: 0, count: 10, bytes: 100).ShouldBeEmpty();
        Run(network with { QueueBytesMax = 1000 }, spacingNs: 0, count: 10, bytes: 100).Length.ShouldBe(10);
        // Twice as fast as the line: message k finds 50 k bytes; the eighth just fits, the ninth does not, the tenth finds 350 again.
        Run(network, spacingNs: 50, count: 10, bytes: 100).Select(m => m.Number).ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 9]);
    }

    [Fact]
    public void LogNormalJitterHasItsMeanAndItsMedian()
    {
        var jitter = Jitter.LogNormal(5_000_000, 1);
        RandomStream random = new Seed(12).Stream();
        var moments = new Moments();
        int below = 0;
        for (int i = 0; i < 40_000; i++)
        {
            long drawn = jitter.Draw(ref random);
            moments.Add(drawn);
            below += drawn < 3_032_653 ? 1 : 0; // 5 ms / sqrt(e)
        }

        moments.MeanInterval(Sure).Contains(5_000_000).ShouldBeTrue();
        Distributions.ProportionInterval(below, 40_000, Sure).Contains(0.5).ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => Jitter.LogNormal(5, 4));
        Should.Throw<ArgumentException>(() => new Jitter(JitterShape.LogNormal, 5).Validate());
    }

    [Fact]
    public void EmpiricalJitterDrawsItsValuesAlike()
    {
        var jitter = Jitter.Empirical(new DelayTable(0, 7, 7, 90));
        (jitter.MeanNs, jitter.MaxNs).ShouldBe((26, 90));
        RandomStream random = new Seed(13).Stream();
        var counts = new SortedDictionary<long, int>();
        for (int i = 0; i < 10_000; i++)
        {
            long drawn = jitter.Draw(ref random);
            counts[drawn] = counts.GetValueOrDefault(drawn) + 1;
        }

        counts.Keys.ShouldBe([0, 7, 90]);
        Distributions.ProportionInterval(counts[0], 10_000, Sure).Contains(0.25).ShouldBeTrue();
        Distributions.ProportionInterval(counts[7], 10_000, Sure).Contains(0.5).ShouldBeTrue();
    }

    [Fact]
    public void NoLinksDrawsDependOnWhatOthersDo()
    {
        // What member 2 sends, to anybody, changes neither the losses nor the times between 0 and 1.
        var network = new NetworkOptions
        {
            Topology = Topology.Complete(3, 10),
            Jitter = new Jitter(JitterShape.Exponential, 2_000),
            Bursts = new BurstLoss { Mean = 0.3, BurstMean = 3 },
            Duplication = 0.1,
            InOrder = true,
        };
        List<string> Between(bool others) => Scripted.Run(network, (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request && (member == 0 || others))
            {
                turn.Send(1, "x"u8);
                if (member == 2)
                {
                    turn.Send(0, "y"u8);
                }
            }
        }, Enumerable.Range(0, 1000).Select(i => (i * 100L, i % 2 * 2))).FindAll(line => line.Contains(" 1 Message 0"));

        Between(others: true).ShouldBe(Between(others: false));
    }

    private static bool[] Arrived(NetworkOptions network)
    {
        var arrived = new bool[Messages];
        foreach (int number in Received(network))
        {
            arrived[number] = true;
        }

        return arrived;
    }

    private static List<int> Received(NetworkOptions network) => [.. Run(network, spacingNs: 1_000).Select(m => m.Number)];

    private static (int Number, long AtNs)[] Run(NetworkOptions network, long spacingNs, int count = Messages, int bytes = 5)
    {
        var received = new List<(int, long)>();
        Scripted.Run(network, (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (member == 0 && input.Kind is InputKind.Request)
            {
                Span<byte> head = stackalloc byte[bytes - 1];
                BitConverter.TryWriteBytes(head, (int)input.Number);
                turn.Send(1, head);
            }
            else if (input.Kind == InputKind.Message)
            {
                received.Add((BitConverter.ToInt32(input.Head), turn.Clock.LocalNs));
            }
        }, Enumerable.Range(0, count).Select(i => (i * spacingNs, 0)));
        return [.. received];
    }
}
