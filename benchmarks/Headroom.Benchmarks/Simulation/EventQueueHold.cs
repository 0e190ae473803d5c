using Headroom.Kernel.Randomness;
using Headroom.Simulation.Events;

namespace Headroom.Benchmarks.Simulation;

/// <summary>
/// The hold model: with so many events pending, take the first and schedule another, exponential 1 ms later on average. The ladder beside the
/// 4-ary heap and the base library's PriorityQueue on the same draws, after all three have given the same order.
/// </summary>
public sealed class EventQueueHold : IBenchmark
{
    private const int Holds = 500_000;

    public string Name => "simulation/event-queue-hold";

    public IEnumerable<BenchmarkResult> Run()
    {
        foreach (int pending in new[] { 1000, 30_000, 300_000 })
        {
            long[] delays = Delays(pending + Holds);
            if (Hold(new LadderQueue(), delays, pending) != Hold(new QuaternaryHeap(), delays, pending) || Hold(new QuaternaryHeap(), delays, pending) != HoldLibrary(delays, pending))
            {
                throw new InvalidOperationException($"the queues disagree at {pending} pending");
            }

            double[] seconds = Interleaved.BestSeconds(4,
                () => Hold(new LadderQueue(), delays, pending),
                () => Hold(new QuaternaryHeap(), delays, pending),
                () => HoldLibrary(delays, pending));
            double rate = Holds / seconds[0] / 1e6;
            string name = $"{Name}-{pending}";
            yield return new BenchmarkResult(name, rate, "M events/s", seconds[1] / seconds[0], "4-ary heap", Goal: 1);
            yield return new BenchmarkResult(name, rate, "M events/s", seconds[2] / seconds[0], "PriorityQueue");
        }
    }

    private static long[] Delays(int count)
    {
        RandomStream random = new Seed(17).Stream();
        var delays = new long[count];
        for (int i = 0; i < count; i++)
        {
            delays[i] = (long)random.Exponential(1e6);
        }

        return delays;
    }

    /// <summary>A digest of the order in which events left.</summary>
    private static ulong Hold<TQueue>(TQueue queue, long[] delays, int pending)
        where TQueue : IEventQueue
    {
        for (int i = 0; i < pending; i++)
        {
            queue.Enqueue(new SimulationEvent(delays[i], i, 0, i, 0));
        }

        ulong digest = 0;
        for (int i = pending; i < delays.Length; i++)
        {
            queue.TryDequeue(long.MaxValue, out SimulationEvent item);
            digest = (digest * 31) + (ulong)item.Sequence;
            queue.Enqueue(new SimulationEvent(item.TimeNs + delays[i], i, 0, i, 0));
        }

        return digest;
    }

    private static ulong HoldLibrary(long[] delays, int pending)
    {
        var queue = new PriorityQueue<SimulationEvent, (long, long)>();
        for (int i = 0; i < pending; i++)
        {
            var item = new SimulationEvent(delays[i], i, 0, i, 0);
            queue.Enqueue(item, (item.TimeNs, item.Order));
        }

        ulong digest = 0;
        for (int i = pending; i < delays.Length; i++)
        {
            SimulationEvent item = queue.Dequeue();
            digest = (digest * 31) + (ulong)item.Sequence;
            var next = new SimulationEvent(item.TimeNs + delays[i], i, 0, i, 0);
            queue.Enqueue(next, (next.TimeNs, next.Order));
        }

        return digest;
    }
}
