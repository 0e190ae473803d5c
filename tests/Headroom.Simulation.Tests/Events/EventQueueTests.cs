using Headroom.Kernel.Randomness;
using Headroom.Simulation.Events;

namespace Headroom.Simulation.Tests.Events;

public class EventQueueTests
{
    private static readonly string[] Shapes =
        ["exponential", "uniform", "triangular", "equal", "bimodal", "bursty", "far", "near-zero", "decreasing", "constant", "heavy"];

    public static TheoryData<string, string> QueuesAndShapes()
    {
        var data = new TheoryData<string, string>();
        foreach (string queue in new[] { "ladder", "heap" })
        {
            foreach (string shape in Shapes)
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
    [MemberData(nameof(QueuesAndShapes))]
    public void SteadyStateAllocatesNothing(string queueName, string shape)
    {
        IEventQueue queue = Make(queueName);
        RandomStream random = new Seed(3).Stream();
        long sequence = 0;
        for (; sequence < 3000; sequence++)
        {
            queue.Enqueue(new SimulationEvent(Delay(shape, ref random, sequence), sequence, 0, 0, 0));
        }

        // The least of several windows: a collection that another thread sets off charges this one with the rest of its allocation buffer, and times
        // of ever new magnitudes may open one of the ladder's rungs for the first time.
        const int Window = 10_000;
        long least = long.MaxValue;
        long before = 0;
        for (int i = 0; i < 100_000; i++)
        {
            if (i >= 60_000 && i % Window == 0)
            {
                long now = GC.GetAllocatedBytesForCurrentThread();
                least = i == 60_000 ? least : Math.Min(least, now - before);
                before = now;
            }

            queue.TryDequeue(long.MaxValue, out SimulationEvent item);
            queue.Enqueue(new SimulationEvent(item.TimeNs + Delay(shape, ref random, sequence), sequence++, 0, 0, 0));
        }

        least.ShouldBe(0);
    }

    /// <summary>Any order of times and sequences, ends that cut in between, jumps over years, populations that come and go; the reference is a sorted set.</summary>
    [Theory]
    [InlineData("ladder")]
    [InlineData("heap")]
    public void RandomOperationsAgreeWithASortedSet(string queueName)
    {
        for (int trial = 0; trial < 60; trial++)
        {
            RandomStream random = new Seed(29).At(trial).Stream();
            IEventQueue queue = Make(queueName);
            var reference = new SortedSet<SimulationEvent>();
            long nowNs = 0;
            long sequence = 0;
            for (int step = 0; step < 40; step++)
            {
                string shape = Shapes[random.Below(Shapes.Length)];
                bool isOrdered = !random.Bernoulli(0.2);
                int adds = random.Below(3) == 0 ? random.Below(2000) : random.Below(60);
                for (int i = 0; i < adds; i++)
                {
                    long serial = isOrdered ? sequence : ((sequence * 7919) & 0xFFFFF) | (sequence << 20);
                    sequence++;
                    // Now and then before what has left already.
                    long backNs = random.Bernoulli(0.01) ? Math.Min(nowNs, random.Below(5)) : 0;
                    var item = new SimulationEvent(Math.Min(nowNs + Delay(shape, ref random, sequence) - backNs, SimulationEvent.TimeNsMax), serial, 1, i, step);
                    queue.Enqueue(item);
                    reference.Add(item);
                    if (random.Bernoulli(0.3))
                    {
                        nowNs = TakeOne(queue, reference, long.MaxValue, nowNs);
                    }
                }

                long untilNs = random.Below(4) == 0 ? long.MaxValue : nowNs + Delay(shape, ref random, sequence);
                for (int takes = random.Below(2 * adds + 2); takes > 0; takes--)
                {
                    nowNs = TakeOne(queue, reference, untilNs, nowNs);
                }
            }

            while (reference.Count > 0)
            {
                TakeOne(queue, reference, long.MaxValue, 0);
            }

            queue.Count.ShouldBe(0);
        }
    }

    /// <summary>Two timers 73 years apart, and crowds at either end: nothing hangs on the time between.</summary>
    [Theory]
    [InlineData("ladder")]
    [InlineData("heap")]
    public void ALeapToTheEndOfTimeCostsNothing(string queueName)
    {
        IEventQueue queue = Make(queueName);
        long sequence = 0;
        for (int i = 0; i < 1000; i++)
        {
            queue.Enqueue(new SimulationEvent(i % 7, sequence++, 0, 0, 0));
            queue.Enqueue(new SimulationEvent(SimulationEvent.TimeNsMax - (i % 3), sequence++, 0, 0, 0));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        var last = new SimulationEvent(-1, 0, 0, 0, 0);
        for (int i = 0; i < 2000; i++)
        {
            queue.TryDequeue(long.MaxValue, out SimulationEvent item).ShouldBeTrue();
            last.IsBefore(item).ShouldBeTrue();
            last = item;
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200_000);
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public void ATimeBeyondTheLastIsRefused()
    {
        var queue = new LadderQueue();
        Should.Throw<ArgumentOutOfRangeException>(() => queue.Enqueue(new SimulationEvent(SimulationEvent.TimeNsMax + 1, 0, 0, 0, 0)));
        Should.Throw<ArgumentOutOfRangeException>(() => queue.Enqueue(new SimulationEvent(-1, 0, 0, 0, 0)));
        queue.Count.ShouldBe(0);
    }

    private static long TakeOne(IEventQueue queue, SortedSet<SimulationEvent> reference, long untilNs, long nowNs)
    {
        bool expected = reference.Count > 0 && reference.Min.TimeNs <= untilNs;
        queue.TryDequeue(untilNs, out SimulationEvent item).ShouldBe(expected);
        if (!expected)
        {
            return nowNs;
        }

        item.ShouldBe(reference.Min);
        reference.Remove(item);
        queue.Count.ShouldBe(reference.Count);
        return item.TimeNs;
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
        "triangular" => (long)(random.Below(1_000_000UL) + random.Below(1_000_000UL)),
        "constant" => 1,
        "heavy" => (long)Math.Min(1e15, 100 / Math.Pow(random.NextPositive(), 3)),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };
}
