using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Graphs.Generators;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Tests.Sockets;

/// <summary>Several broadcasts at once from one origin: bodies that are equal, and messages that share packets.</summary>
public class SeveralBroadcastsTests
{
    private const int Count = 40;

    /// <summary>Forty payloads of one byte: some are equal, and yet forty broadcasts.</summary>
    [Theory]
    [InlineData(Transport.Udp, "fifo+flooding")]
    [InlineData(Transport.Tcp, "causal+flooding")]
    public void EqualPayloadsRemainDifferentBroadcasts(Transport transport, string written)
    {
        BroadcastSetting setting = Setting(Topology.Of(RegularGraphs.Grid(2, 3, latencySeconds: 0.002))) with { PayloadBytes = 1 };
        LabRun run = Run(setting, written, transport);
        foreach (IGrouping<int, Handover> member in run.Handovers.GroupBy(handover => handover.Member))
        {
            member.Select(handover => handover.Request).ShouldBe(Enumerable.Range(1, Count), $"member {member.Key}");
        }

        run.Handovers.Count.ShouldBe(6 * Count);
    }

    [Theory]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Tcp)]
    public void MessagesThatSharePacketsCostOverSocketsWhatTheSimulatorCounts(Transport transport)
    {
        // Down a line of six, each hop waits for all forty and passes them on: 40 x 260 bytes in the packets of one datagram or write a link.
        BroadcastSetting setting = Setting(Topology.Of(RegularGraphs.Grid(1, 6, latencySeconds: 0.004))) with { PayloadBytes = 250 };
        const string Written = "batch(30 ms)+flooding";
        LabRun run = Run(setting, Written, transport);
        BroadcastObserver simulated = Simulated(setting, Written);
        (run.Outcome.PayloadCopies, run.Outcome.Messages, run.Outcome.WireBytes).ShouldBe((simulated.PayloadCopies, simulated.Messages, simulated.WireBytes));
        run.Outcome.PayloadCopies.ShouldBe(5 * Count);
        run.Packets.ShouldBe(5);
        BroadcastObserver alone = Simulated(setting, "flooding");
        // On each of five links forty headers of 46 bytes become eight, of packets of 1,472, for a mark of two bytes and a length of two each.
        (alone.WireBytes - simulated.WireBytes).ShouldBe(5 * ((Count * 46) - (8 * 46) - 2 - (Count * 2)));
    }

    [Fact]
    public void APackThatDoesNotFitADatagramBecomesSeveral()
    {
        BroadcastSetting setting = Setting(Topology.Of(RegularGraphs.Grid(1, 3, latencySeconds: 0.004))) with { PayloadBytes = 8_000 };
        const string Written = "batch(30 ms)+flooding";
        LabRun run = Run(setting, Written, Transport.Udp);
        BroadcastObserver simulated = Simulated(setting, Written);
        (run.Outcome.Delivered, run.Outcome.Messages, run.Outcome.WireBytes).ShouldBe((3, simulated.Messages, simulated.WireBytes));
        // Seven of 8,010 bytes and their lengths stay below 60,000: forty need six, on each of two links.
        run.Packets.ShouldBe(12);
    }

    private static BroadcastSetting Setting(Topology topology) => new() { Network = new NetworkOptions { Topology = topology }, PayloadBytes = 1, Remembered = Count };

    private static BroadcastStrategy Strategy(string written)
    {
        BroadcastRegistry.TryParse(written, out BroadcastStrategy? strategy, out string? problem).ShouldBeTrue(problem);
        return strategy!;
    }

    private static LabRun Run(BroadcastSetting setting, string written, Transport transport) => SocketBroadcast.Run(
        new LabOptions { Setting = setting, Strategy = Strategy(written), Transport = transport, Seed = new Seed(1), Broadcasts = Count, TimeMax = TimeSpan.FromSeconds(20) }, TimeProvider.System);

    private static BroadcastObserver Simulated(BroadcastSetting setting, string written) => Strategy(written).Family(setting).On(new AtOnce(setting));

    private sealed class AtOnce(BroadcastSetting setting) : IProcessHost<BroadcastObserver>
    {
        public BroadcastObserver Run<TProcess>(Func<int, TProcess> create)
            where TProcess : struct, IProcess
        {
            var host = new SimulationHost<TProcess, BroadcastObserver>(new SimulationOptions { Network = setting.Network, Seed = new Seed(1) }, create, new BroadcastObserver(setting.Members));
            for (int number = 1; number <= Count; number++)
            {
                host.Request(0, setting.Origin, number, body: host.Bodies.AddBlank(setting.PayloadBytes));
            }

            host.Run();
            return host.Observer;
        }
    }
}
