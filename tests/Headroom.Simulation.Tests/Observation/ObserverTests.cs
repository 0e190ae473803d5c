using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;
using Headroom.Simulation.Tests.Hosting;

namespace Headroom.Simulation.Tests.Observation;

/// <summary>
/// A line of four: who is asked, or gets a payload for the first time, delivers it, sends it to the next, and tells the one before in a message without body
/// whose head is the body's handle.
/// </summary>
public class ObserverTests
{
    private const int Members = 4;

    [Fact]
    public void EachOfManyBroadcastsIsCountedByItself()
    {
        BroadcastsObserver seen = Run(new BroadcastsObserver(Members, head => head[0]), "", bodies: 2);
        seen.Messages.ShouldBe(12);
        seen.UnattributedMessages.ShouldBe(0);
        seen.Tallies.Select(tally => tally.Body).ShouldBe([1, 2]);
        foreach (BroadcastTally tally in seen.Tallies)
        {
            long startNs = 1000 * (tally.Body - 1);
            tally.DeliveredNs.ToArray().ShouldBe([startNs, startNs + 10, startNs + 20, startNs + 30]);
            tally.Hops.ToArray().ShouldBe([0, 1, 2, 3]);
            (tally.PayloadCopies, tally.PayloadCopiesReceived, tally.ControlMessages, tally.FirstNs).ShouldBe((3, 3, 3, startNs));
            // Frames of one byte of length, the head and the body of 100 or 200 bytes, three times; and three heads alone.
            tally.WireBytes.ShouldBe((3 * (2 + (100 * tally.Body))) + (3 * 2));
        }

        seen.Of(3).ShouldBeNull();
        Run(new BroadcastsObserver(Members), "", bodies: 2).UnattributedMessages.ShouldBe(6);
    }

    [Fact]
    public void WhoIsNeverReachedHasNoTimeAndItsDropsHaveACause()
    {
        BroadcastsObserver seen = Run(new BroadcastsObserver(Members, head => head[0]), "at 0 s crash 3; from 500 ns to 2 us cut 0 -> 1", bodies: 2);
        BroadcastTally first = seen.Of(1)!;
        first.MembersDelivered.ShouldBe(3);
        first.DeliveredNs[3].ShouldBe(BroadcastObserver.Never);
        first.Hops[3].ShouldBe(int.MaxValue);
        (first.Drops.ReceiverDown, first.Drops.Total).ShouldBe((1, 1));
        BroadcastTally second = seen.Of(2)!;
        (second.MembersDelivered, second.Drops.Cut, second.Drops.Total).ShouldBe((1, 1, 1));

        BroadcastObserver one = Run(new BroadcastObserver(Members), "at 0 s crash 3", bodies: 1);
        one.Drops[DropCause.ReceiverDown].ShouldBe(1);
        one.Lost.ShouldBe(0);
        NetworkOptions narrow = Network() with { BandwidthBps = 1e6, QueueBytesMax = 50 };
        BroadcastObserver full = Run(new BroadcastObserver(Members), "", bodies: 1, narrow);
        (full.Drops.Overflow, full.Lost, full.MembersDelivered).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void TheBusiestLinksAreTold()
    {
        LinkLoadObserver seen = Run(new LinkLoadObserver(), "", bodies: 2);
        seen.LinkCount.ShouldBe(6);
        seen.Of(0, 1).ShouldBe(new LinkLoad(0, 1, 2, 2, 304));
        seen.Top(4).ShouldBe([new LinkLoad(0, 1, 2, 2, 304), new LinkLoad(1, 2, 2, 2, 304), new LinkLoad(2, 3, 2, 2, 304), new LinkLoad(1, 0, 2, 0, 4)]);
    }

    [Fact]
    public void TwoObserversSeeWhatEachWouldSeeAlone()
    {
        Both<BroadcastsObserver, Both<LinkLoadObserver, DigestObserver>> both = Run(
            new Both<BroadcastsObserver, Both<LinkLoadObserver, DigestObserver>>(new BroadcastsObserver(Members, head => head[0]), new Both<LinkLoadObserver, DigestObserver>(new LinkLoadObserver(), default)), "", bodies: 2);
        both.First.Of(2)!.Hops.ToArray().ShouldBe([0, 1, 2, 3]);
        both.First.Of(2)!.ControlMessages.ShouldBe(3);
        both.Second.First.Top(1).ShouldBe([new LinkLoad(0, 1, 2, 2, 304)]);
        both.Second.Second.ToString().ShouldBe(Run(default(DigestObserver), "", bodies: 2).ToString());
    }

    [Fact]
    public void ADigestChangesWithAnything()
    {
        string[] digests =
        [
            Run(default(DigestObserver), "", bodies: 2).ToString(),
            Run(default(DigestObserver), "", bodies: 1).ToString(),
            Run(default(DigestObserver), "at 9 s crash 3", bodies: 2).ToString(),
            Run(default(DigestObserver), "at 9 s crash 2", bodies: 2).ToString(),
            Run(default(DigestObserver), "", bodies: 2, Network() with { Topology = Topology.Complete(Members, 11) }).ToString(),
        ];
        digests.Distinct().Count().ShouldBe(digests.Length);
        digests.ShouldAllBe(digest => digest.Length == 32);
    }

    [Fact]
    public void WatchingAllocatesNothingInSteadyState()
    {
        static long Allocated<TObserver>(TObserver observer, int messages)
            where TObserver : struct, IObserver
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var options = new SimulationOptions { Network = Network() with { Jitter = new Jitter(JitterShape.Exponential, 50), InOrder = true }, Seed = new Seed(1) };
            var host = new SimulationHost<RecorderProcess, TObserver>(options, member => new RecorderProcess(member, null, (int self, in ProcessInput input, ref Turn turn) =>
            {
                int left = input.Kind == InputKind.Request ? messages : input.Kind == InputKind.Message ? BitConverter.ToInt32(input.Head) : 0;
                if (left > 0)
                {
                    Span<byte> head = stackalloc byte[4];
                    BitConverter.TryWriteBytes(head, left - 1);
                    turn.Send((self + 1) % Members, head, input.Body);
                }
            }), observer);
            host.Request(0, 0, 0, body: host.Bodies.AddBlank(100));
            host.Run();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        static void NothingMore<TObserver>(Func<TObserver> observer)
            where TObserver : struct, IObserver
        {
            Allocated(observer(), 1000);
            // The runtime, too, allocates on this thread now and then, when it compiles anew: what the run itself allocates is there each time.
            Enumerable.Range(0, 3).Min(_ => Allocated(observer(), 20_000) - Allocated(observer(), 1000)).ShouldBeLessThan(1000, typeof(TObserver).Name);
        }

        NothingMore(() => default(NoObserver));
        NothingMore(() => new BroadcastsObserver(Members));
        NothingMore(() => new Both<BroadcastObserver, LinkLoadObserver>(new BroadcastObserver(Members), new LinkLoadObserver()));
    }

    private static NetworkOptions Network() => new() { Topology = Topology.Complete(Members, 10), Packets = PacketFormat.Bare };

    private static TObserver Run<TObserver>(TObserver observer, string plan, int bodies, NetworkOptions? network = null)
        where TObserver : struct, IObserver
    {
        var options = new SimulationOptions { Network = network ?? Network(), Seed = new Seed(1), Faults = FaultPlan.Parse(plan, Members) };
        var host = new SimulationHost<RecorderProcess, TObserver>(options, member => new RecorderProcess(member, null, Relay), observer);
        for (int i = 0; i < bodies; i++)
        {
            host.Request(1000L * i, 0, i, body: host.Bodies.AddBlank(100 * (i + 1)));
        }

        host.Run();
        return host.Observer;
    }

    private static void Relay(int member, in ProcessInput input, ref Turn turn)
    {
        if (input.Body == 0)
        {
            return;
        }

        Span<byte> head = [(byte)input.Body];
        turn.Deliver(input.Body);
        if (member < Members - 1)
        {
            turn.Send(member + 1, head, input.Body);
        }

        if (input.Kind == InputKind.Message)
        {
            turn.Send(input.Peer, head);
        }
    }
}
