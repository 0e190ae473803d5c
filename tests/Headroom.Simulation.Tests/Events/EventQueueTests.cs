using Headroom.Kernel.Randomness;
using Headroom.Simulation.Events;

namespace Headroom.Simulation.Tests.Events;

public class EventQueueTests
{
    public static TheoryData<string, string> QueuesAndShapes()
    {
        var data = new TheoryData<string, string>();
        foreach (string queue in new[] { "ladder", "heap" })
        {
            foreach (string shape in new[] { "exponential", "uniform", "equal", "bimodal", "bursty", "far", "near-zero", "decreasing" })
            {
                data.Add(queue, shape);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(QueuesAndShapes))]
    public void EventsLeaveInTheOrderOfTimeAndSequence(string queueName, string shape)
    {
        foreach (int pending in new[] { 1, 3, 70, 1000, 5000 })
        {
            IEventQueue queue = Make(queueName);
            var oracle = new PriorityQueue<SimulationEvent, (long, long)>();
            RandomStream random = new Seed(7).Named(shape).At(pending).Stream();
            long sequence = 0;
            long now = 0;
            void Add()
            {
                long time = now + Delay(shape, ref random, sequence);
                var item = new SimulationEvent(time, sequence, (byte)(sequence & 3), (int)sequence, -1);
                sequence++;
                queue.Enqueue(item);
                oracle.Enqueue(item, (item.TimeNs, item.Order));
            }

            for (int i = 0; i < pending; i++)
            {
                Add();
            }

            for (int i = 0; i < 6000; i++)
            {
                queue.TryDequeue(long.MaxValue, out SimulationEvent item).ShouldBeTrue();
                if (item != oracle.Dequeue())
                {
                    Assert.Fail($"{queueName} {shape} {pending}: out of order at {i}");
                }

                now = item.TimeNs;
                // The number pending swings between empty and twice as many.
                int more = oracle.Count == 0 ? 2 : oracle.Count > 2 * pending ? 0 : random.Below(3);
                for (int k = 0; k < more; k++)
                {
                    Add();
                }
            }

            while (oracle.Count > 0)
            {
                queue.TryDequeue(long.MaxValue, out SimulationEvent item).ShouldBeTrue();
                item.ShouldBe(oracle.Dequeue());
            }

            queue.Count.ShouldBe(0);
            queue.TryDequeue(long.MaxValue, out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("ladder")]
    [InlineData("heap")]
    public void AnEventAfterTheEndStaysInTheQueue(string queueName)
    {
        IEventQueue queue = Make(queueName);
        queue.Enqueue(new SimulationEvent(10, 0, 0, 0, 0));
        queue.TryDequeue(9, out _).ShouldBeFalse();
        queue.Enqueue(new SimulationEvent(5, 1, 0, 0, 0));
        queue.TryDequeue(9, out SimulationEvent first).ShouldBeTrue();
        first.TimeNs.ShouldBe(5);
        queue.TryDequeue(9, out _).ShouldBeFalse();
        queue.Count.ShouldBe(1);
        queue.TryDequeue(10, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("ladder")]
    [InlineData("heap")]
    public void SteadyStateAllocatesNothing(string queueName)
    {
        IEventQueue queue = Make(queueName);
        RandomStream random = new Seed(3).Stream();
        long sequence = 0;
        long now = 0;
        for (int i = 0; i < 2000; i++)
        {
            queue.Enqueue(new SimulationEvent((long)random.Below(1_000_000UL), sequence++, 0, 0, 0));
        }

        long allocated = 0;
        for (int i = 0; i < 300_000; i++)
        {
            if (i == 200_000)
            {
                allocated = GC.GetAllocatedBytesForCurrentThread();
            }

            queue.TryDequeue(long.MaxValue, out SimulationEvent item);
            now = item.TimeNs;
            queue.Enqueue(new SimulationEvent(now + (long)random.Below(1_000_000UL), sequence++, 0, 0, 0));
        }

        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(1000);
    }

    private static IEventQueue Make(string name) => name == "ladder" ? new LadderQueue() : new QuaternaryHeap();

    private static long Delay(string shape, ref RandomStream random, long sequence) => shape switch
    {
        "exponential" => (long)random.Exponential(1e6),
        "uniform" => (long)random.Below(50_000_000UL),
        "equal" => 0,
        "bimodal" => random.Bernoulli(0.5) ? random.Below(100) : 1_000_000_000 + random.Below(100),
        "bursty" => sequence / 500 * 10_000_000 % 70_000_000,
        "far" => random.Bernoulli(0.01) ? (long)random.Below(1UL << 60) / 1024 : random.Below(1000),
        "near-zero" => random.Below(3),
        "decreasing" => Math.Max(0, 1_000_000 - sequence),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };
}
