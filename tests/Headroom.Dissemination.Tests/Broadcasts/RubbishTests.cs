using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Ordering;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Tests.Broadcasts;

/// <summary>Whatever a member is sent, by whomever, it neither fails nor sends without bound, and delivers nothing that came without a body.</summary>
public class RubbishTests
{
    private const int Members = 12;

    public static TheoryData<BroadcastStrategy> Strategies() =>
    [
        .. BroadcastRegistry.All.SelectMany(protocol => protocol.Usual),
        new OrderedStrategy(new FloodingStrategy(), DeliveryOrder.Fifo), new OrderedStrategy(new PushStrategy(3), DeliveryOrder.Causal),
        new BatchedStrategy(new FloodingStrategy(), 1_000_000),
    ];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void RubbishIsIgnored(BroadcastStrategy strategy)
    {
        var setting = new BroadcastSetting
        {
            Network = new NetworkOptions { Topology = Topology.Complete(Members, 1_000_000) },
            PayloadBytes = 100,
            Remembered = 20,
        };
        strategy.Family(setting).On(new Rubbish()).ShouldBeLessThanOrEqualTo(40_000L * 40);
    }

    private sealed class Rubbish : IProcessHost<long>
    {
        public long Run<TProcess>(Func<int, TProcess> create)
            where TProcess : struct, IProcess
        {
            const int Self = 3;
            TProcess process = create(Self);
            var runner = new StepRunner();
            RandomStream random = new Seed(8).Stream();
            RandomStream own = new Seed(9).Stream();
            var sink = new Counting();
            byte[] head = new byte[64];
            runner.Step(ref process, Self, new ProcessInput { Kind = InputKind.Start }, default, ref own, ref sink);
            for (int i = 0; i < 20_000; i++)
            {
                int length = Rubbishing(head, ref random);
                int peer = random.Below(Members - 1);
                // A tenth of the messages carry a body, so that there is something to be asked for.
                int body = random.Bernoulli(0.1) ? 1 + random.Below(1000) : 0;
                sink.Allowed = body;
                var input = new ProcessInput { Kind = InputKind.Message, Peer = peer < Self ? peer : peer + 1, Head = head.AsSpan(0, length), Body = body };
                runner.Step(ref process, Self, input, new ClockReading(i * 100_000L, 0), ref own, ref sink);
                if (TProcess.TimerCount > 0 && random.Bernoulli(0.05))
                {
                    sink.Allowed = int.MaxValue;
                    runner.Step(ref process, Self, new ProcessInput { Kind = InputKind.Timer, Number = random.Below(TProcess.TimerCount) }, new ClockReading(i * 100_000L, 0), ref own, ref sink);
                }
            }

            return sink.Sent;
        }

        /// <summary>Half of it begins like a message: a small verb, and numbers of which most are small.</summary>
        private static int Rubbishing(byte[] head, ref RandomStream random)
        {
            int length = random.Below(head.Length + 1);
            bool isNear = random.Bernoulli(0.5);
            length = isNear && random.Bernoulli(0.5) ? 9 + (8 * random.Below(3)) + (2 * random.Below(2)) : length;
            for (int i = 0; i < length; i++)
            {
                head[i] = (byte)(isNear ? (i < 3 ? random.Below(8) : random.Bernoulli(0.05) ? random.Below(256) : 0) : random.Below(256));
            }

            return length;
        }
    }

    private struct Counting : IOutputSink
    {
        public long Sent { get; private set; }

        public int Allowed { get; set; }

        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent)
        {
            Sent++;
            peer.ShouldBeInRange(0, Members - 1);
            head.Length.ShouldBeLessThanOrEqualTo((1 << 14) - 1);
        }

        public readonly void SetTimer(int timer, long delayNs)
        {
        }

        public readonly void CancelTimer(int timer)
        {
        }

        public readonly void Persist(ReadOnlySpan<byte> record)
        {
        }

        public readonly void Deliver(int body) => body.ShouldBeInRange(1, Allowed);

        public readonly void Reply(long request, ReadOnlySpan<byte> head, int body)
        {
        }
    }
}
