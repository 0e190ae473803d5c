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

        int hole = Count++;
        while (hole > 0)
        {
            int parent = (hole - 1) >> 2;
            if (!item.IsBefore(_items[parent]))
            {
                break;
            }

            _items[hole] = _items[parent];
            hole = parent;
        }

        _items[hole] = item;
    }

    public bool TryDequeue(long untilNs, out SimulationEvent item)
    {
        if (Count == 0 || _items[0].TimeNs > untilNs)
        {
            item = default;
            return false;
        }

        item = _items[0];
        Count--;
        if (Count > 0)
        {
            SinkFromRoot(_items[Count]);
        }

        return true;
    }

    private void SinkFromRoot(SimulationEvent last)
    {
        int hole = 0;
        while (true)
        {
            int first = (hole << 2) + 1;
            if (first >= Count)
            {
                break;
            }

            int least = first;
            int end = Math.Min(first + 4, Count);
            for (int child = first + 1; child < end; child++)
            {
                if (_items[child].IsBefore(_items[least]))
                {
                    least = child;
                }
            }

            if (!_items[least].IsBefore(last))
            {
                break;
            }

            _items[hole] = _items[least];
            hole = least;
        }

        _items[hole] = last;
    }
}
