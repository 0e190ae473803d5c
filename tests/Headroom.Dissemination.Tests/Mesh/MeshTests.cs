using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Mesh;
using Headroom.Dissemination.Tests.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Tests.Mesh;

public class MeshTests
{
    private const int Members = 400;

    /// <summary>gossipsub v1.0: D = 6 between 4 and 12, D_lazy = 6, windows 5 and 3.</summary>
    private static readonly MeshOptions Options = new() { Topology = Topology.Complete(Members, 40_000_000), HeartbeatNs = 1_000_000_000 };

    [Fact]
    public void TheDefaultsAreThoseOfGossipsub()
    {
        Options.Validate();
        (Options.Degree, Options.DegreeLow, Options.DegreeHigh, Options.Lazy, Options.HistoryWindows, Options.GossipWindows).ShouldBe((6, 4, 12, 6, 5, 3));
        MeshOptions.Around(6).ShouldBe((4, 12));
        new MeshStrategy().WatchNs(Settings.Complete(100)).ShouldBe(8_000_000_000);
    }

    [Fact]
    public void TheMeshSettlesIntoMutualLinksWithinItsBounds()
    {
        (SimulationHost<MeshProcess, BroadcastObserver> host, MeshTables tables) = Host();
        host.Run(6_000_000_000);
        for (int member = 0; member < Members; member++)
        {
            tables.NeighboursOf(member).Length.ShouldBeInRange(Options.DegreeLow, Options.DegreeHigh);
            foreach (int neighbour in tables.NeighboursOf(member))
            {
                tables.NeighboursOf(neighbour).Contains(member).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void APayloadFloodsTheMesh()
    {
        (SimulationHost<MeshProcess, BroadcastObserver> host, MeshTables tables) = Host();
        host.Run(6_000_000_000);
        host.Observer = new BroadcastObserver(Members);
        host.Request(6_000_000_001, 7, 1, body: host.Bodies.AddBlank(500));
        host.Run(6_500_000_000);
        host.Observer.MembersDelivered.ShouldBe(Members);
        // Each sends on all links but the one it came by: twice the links less a tree.
        int links = Enumerable.Range(0, Members).Sum(member => tables.NeighboursOf(member).Length);
        // A few heartbeats fall into the 200 ms that this takes: their digests overtake the mesh and fetch a copy each.
        long flooded = links - (Members - 1);
        host.Observer.PayloadCopies.ShouldBeInRange(flooded, flooded + (Members / 10));
        // Later ones bring nobody a second copy.
        long copies = host.Observer.PayloadCopies;
        host.Run(14_000_000_000);
        host.Observer.PayloadCopies.ShouldBe(copies);
        long told = Members * Options.Lazy * Options.GossipWindows;
        host.Observer.Messages.ShouldBe(copies + told + (copies - flooded));
    }

    [Fact]
    public void DigestsReachThoseWhomTheMeshMisses()
    {
        BroadcastOutcome outcome = new MeshStrategy(3).Plan(Settings.Complete(500, failures: 0.2, loss: 0.3))(new Seed(4));
        BroadcastOutcome usual = new MeshStrategy().Plan(Settings.Complete(500, failures: 0.2, loss: 0.1))(new Seed(4));
        outcome.ShareDelivered.ShouldBeGreaterThan(0.95);
        outcome.TimeToShare(0.95).ShouldBeGreaterThan(1_000_000_000); // after a heartbeat
        usual.Delivered.ShouldBe(400);
    }

    [Fact]
    public void AKnownDeadNeighbourIsReplaced()
    {
        var tables = new MeshTables(Members, 4, Options);
        var process = new MeshProcess(Options, tables);
        var runner = new StepRunner();
        RandomStream random = new Seed(1).Stream();
        var sink = new Dropping();
        void Step(in ProcessInput input) => runner.Step(ref process, 0, input, default, ref random, ref sink);
        Step(new ProcessInput { Kind = InputKind.Start });
        Step(new ProcessInput { Kind = InputKind.Timer });
        int[] before = tables.NeighboursOf(0).ToArray();
        before.Length.ShouldBe(6);
        foreach (int dead in before[..4])
        {
            Step(new ProcessInput { Kind = InputKind.LinkDown, Peer = dead });
        }

        tables.NeighboursOf(0).Length.ShouldBe(2);
        Step(new ProcessInput { Kind = InputKind.Timer });
        tables.NeighboursOf(0).Length.ShouldBe(6);
        tables.NeighboursOf(0).ToArray().Intersect(before[..4]).ShouldBeEmpty();
    }

    private static (SimulationHost<MeshProcess, BroadcastObserver> Host, MeshTables Tables) Host()
    {
        var tables = new MeshTables(Members, 4, Options);
        var options = new SimulationOptions { Network = new NetworkOptions { Topology = Options.Topology }, Seed = new Seed(11) };
        return (new SimulationHost<MeshProcess, BroadcastObserver>(options, _ => new MeshProcess(Options, tables), new BroadcastObserver(Members)), tables);
    }

    private readonly struct Dropping : IOutputSink
    {
        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent)
        {
        }

        public void SetTimer(int timer, long delayNs)
        {
        }

        public void CancelTimer(int timer)
        {
        }

        public void Persist(ReadOnlySpan<byte> record)
        {
        }

        public void Deliver(int body)
        {
        }

        public void Reply(long request, ReadOnlySpan<byte> head, int body)
        {
        }
    }
}
