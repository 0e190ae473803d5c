using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Headroom.Simulation.Events;

/// <summary>An implicit heap with four children a node (d-ary heaps: [johnson1975]): O(log n), insensitive to the distribution of times; the peer of the ladder.</summary>
public sealed class QuaternaryHeap : IEventQueue
{
    private SimulationEvent[] _items = new SimulationEvent[64];

    public int Count { get; private set; }

    public void Enqueue(in SimulationEvent item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        ref SimulationEvent root = ref MemoryMarshal.GetArrayDataReference(_items);
        nint hole = Count++;
        while (hole > 0)
        {
            nint parent = (hole - 1) >> 2;
            if (!item.IsBefore(Unsafe.Add(ref root, parent)))
            {
                break;
            }

            Unsafe.Add(ref root, hole) = Unsafe.Add(ref root, parent);
            hole = parent;
        }

        Unsafe.Add(ref root, hole) = item.Copied();
    }

    public bool TryDequeue(long untilNs, out SimulationEvent item)
    {
        ref SimulationEvent root = ref MemoryMarshal.GetArrayDataReference(_items);
        if (Count == 0 || root.TimeNs > untilNs)
        {
            item = default;
            return false;
        }

        item = root;
        nint last = --Count;
        if (last > 0)
        {
            SinkFromRoot(ref root, last);
        }

        return true;
    }

    /// <summary>Moves the item at <paramref name="count"/> to where it belongs among those before it.</summary>
    private static void SinkFromRoot(ref SimulationEvent root, nint count)
    {
        SimulationEvent last = Unsafe.Add(ref root, count).Copied();
        nint hole = 0;
        while (true)
        {
            nint least = (hole << 2) + 1;
            if (least >= count)
            {
                break;
            }

            nint end = Math.Min(least + 4, count);
            for (nint child = least + 1; child < end; child++)
            {
                if (Unsafe.Add(ref root, child).IsBefore(Unsafe.Add(ref root, least)))
                {
                    least = child;
                }
            }

            if (!Unsafe.Add(ref root, least).IsBefore(last))
            {
                break;
            }

            Unsafe.Add(ref root, hole) = Unsafe.Add(ref root, least);
            hole = least;
        }

        Unsafe.Add(ref root, hole) = last;
    }
}
