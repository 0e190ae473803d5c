using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Tests.Broadcasts;

/// <summary>Processes keep broadcasts apart: twenty at once from different origins each reach everybody once.</summary>
public class ManyBroadcastsTests
{
    private const int Members = 40;
    private const int Broadcasts = 20;

    public static TheoryData<BroadcastStrategy> Strategies() => [.. BroadcastRegistry.All.SelectMany(protocol => protocol.Usual)];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void EachIsDeliveredOnceByWhomItReaches(BroadcastStrategy strategy)
    {
        var setting = new BroadcastSetting
        {
            Network = new NetworkOptions { Topology = Topology.Complete(Members, 1_000_000), BandwidthBps = 1e8 },
            PayloadBytes = 100,
            Remembered = Broadcasts,
        };
        int[] deliveries = strategy.Family(setting).On(new ManyBroadcasts(setting, strategy.SettlingNs(setting), strategy.WatchNs(setting)));
        // Trees are rooted at member 0, whence every broadcast of theirs comes; gossip may miss some.
        deliveries.ShouldAllBe(times => times <= 1);
        deliveries.Count(times => times == 1).ShouldBeGreaterThan(strategy is PushStrategy or CallStrategy or RumourStrategy or MeshStrategy or AntiEntropyStrategy ? Members * Broadcasts * 8 / 10 : (Members * Broadcasts) - 1);
    }

    private sealed class ManyBroadcasts(BroadcastSetting setting, long settlingNs, long? watchNs) : IProcessHost<int[]>
    {
        public int[] Run<TProcess>(Func<int, TProcess> create)
            where TProcess : struct, IProcess
        {
            var options = new SimulationOptions { Network = setting.Network, Seed = new Seed(3) };
            var host = new SimulationHost<TProcess, Deliveries>(options, create, new Deliveries(new int[Members * Broadcasts]));
            for (int i = 0; i < Broadcasts; i++)
            {
                host.Request(settlingNs + (i * 100_000), 0, 1000 + i, body: host.Bodies.AddBlank(setting.PayloadBytes));
            }

            host.Run(watchNs is { } watched ? settlingNs + watched : long.MaxValue);
            return host.Observer.Counts;
        }
    }

    private readonly struct Deliveries(int[] counts) : IObserver
    {
        public int[] Counts => counts;

        public int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

        public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
        {
        }

        public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
        {
        }

        public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
        {
        }

        public void Struck(in Fault fault)
        {
        }

        public void Delivered(int member, int body, long nowNs) => counts[(member * Broadcasts) + body - 1]++;

        public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
        {
        }
    }
}
