using System.Diagnostics;
using System.Numerics;
using Headroom.Simulation.Events;

namespace Headroom.Benchmarks.Simulation;

/// <summary>
/// The hold model in its steady state: with so many events pending, take the first and schedule another some delay later. The ladder beside the
/// 4-ary heap and the base library's PriorityQueue on the same draws, after all three have given the same order.
/// </summary>
public sealed class EventQueueHold : IBenchmark
{
    private const int HoldsMin = 30_000;
    private const int HoldsInAll = 2_000_000;

    public string Name => "simulation/event-queue-hold";

    public IEnumerable<BenchmarkResult> Run()
    {
        WarmUp();
        foreach ((int pending, double goal) in new[] { (1, 1.0), (3, 1), (10, 1), (30, 1), (100, 1), (1000, 1), (30_000, 4), (100_000, 4), (300_000, 4), (1_000_000, 3) })
        {
            string name = $"{Name}-exponential-{pending}";
            var (ladder, heap, library) = Measure(DelayShape.Exponential, pending);
            yield return new BenchmarkResult(name, ladder, "M events/s", ladder / heap, "4-ary heap", goal);
            yield return new BenchmarkResult(name, ladder, "M events/s", ladder / library, "PriorityQueue");
            if (pending is 30_000 or 300_000)
            {
                yield return new BenchmarkResult(name, ladder, "M events/s", ladder / 30, "30 M events/s", Goal: 1);
            }
        }

        foreach (DelayShape shape in Enum.GetValues<DelayShape>().Where(shape => shape != DelayShape.Exponential))
        {
            foreach (int pending in new[] { 10, 100, 1000, 100_000 })
            {
                var (ladder, heap, _) = Measure(shape, pending);
                yield return new BenchmarkResult($"{Name}-{shape.ToString().ToLowerInvariant()}-{pending}", ladder, "M events/s", ladder / heap, "4-ary heap", Goal: 1);
            }
        }
    }

    /// <summary>Until the runtime has compiled its best code for all three.</summary>
    private static void WarmUp()
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 1)
        {
            Measure(DelayShape.Bimodal, 2000);
        }
    }

    /// <summary>Millions of events a second of each.</summary>
    private static (double Ladder, double Heap, double Library) Measure(DelayShape shape, int pending)
    {
        long[] delays = DelayShapes.Draw(shape, Math.Max(1 << 16, (int)BitOperations.RoundUpToPowerOf2((uint)pending)));
        int holds = Math.Max(HoldsMin, 3 * pending);
        var ladder = new HeldQueue<Ladder>(new Ladder(new LadderQueue()), delays, pending);
        var heap = new HeldQueue<Heap>(new Heap(new QuaternaryHeap()), delays, pending);
        var library = new HeldQueue<Library>(new Library(new()), delays, pending);
        double[] seconds = Interleaved.BestSeconds(Math.Clamp(HoldsInAll / holds, 4, 40), () => ladder.Hold(holds), () => heap.Hold(holds), () => library.Hold(holds));
        if (ladder.Digest != heap.Digest || heap.Digest != library.Digest)
        {
            throw new InvalidOperationException($"the queues disagree: {shape}, {pending} pending");
        }

        return (holds / seconds[0] / 1e6, holds / seconds[1] / 1e6, holds / seconds[2] / 1e6);
    }

    // Structs, so that each contestant is compiled for itself, as it is in the host.
    private readonly struct Ladder(LadderQueue queue) : IEventQueue
    {
        public int Count => queue.Count;

        public void Enqueue(in SimulationEvent item) => queue.Enqueue(item);

        public bool TryDequeue(long untilNs, out SimulationEvent item) => queue.TryDequeue(untilNs, out item);
    }

    private readonly struct Heap(QuaternaryHeap queue) : IEventQueue
    {
        public int Count => queue.Count;

        public void Enqueue(in SimulationEvent item) => queue.Enqueue(item);

        public bool TryDequeue(long untilNs, out SimulationEvent item) => queue.TryDequeue(untilNs, out item);
    }

    private readonly struct Library(PriorityQueue<SimulationEvent, (long, long)> queue) : IEventQueue
    {
        public int Count => queue.Count;

        public void Enqueue(in SimulationEvent item) => queue.Enqueue(item, (item.TimeNs, item.Order));

        public bool TryDequeue(long untilNs, out SimulationEvent item) => queue.TryDequeue(out item, out _);
    }
}
