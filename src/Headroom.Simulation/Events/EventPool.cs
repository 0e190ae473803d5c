namespace Headroom.Simulation.Events;

/// <summary>Singly linked lists of events in one array, freed nodes reused last in, first out.</summary>
internal struct EventPool
{
    public const int None = -1;

    private Node[] _nodes;
    private int _used;
    private int _free;

    public EventPool()
    {
        _nodes = new Node[64];
        _free = None;
    }

    public int Add(in SimulationEvent item, int next)
    {
        int node = _free;
        if (node != None)
        {
            _free = _nodes[node].Next;
        }
        else
        {
            if (_used == _nodes.Length)
            {
                Array.Resize(ref _nodes, _used * 2);
            }

            node = _used++;
        }

        ref Node place = ref _nodes[node];
        place.Event = item;
        place.Next = next;
        return node;
    }

    /// <summary>Copies the event out, frees its node and gives the next.</summary>
    public int Take(int node, out SimulationEvent item)
    {
        ref Node place = ref _nodes[node];
        item = place.Event;
        int next = place.Next;
        place.Next = _free;
        _free = node;
        return next;
    }

    public readonly int Next(int node) => _nodes[node].Next;

    public readonly long TimeNs(int node) => _nodes[node].Event.TimeNs;

    public readonly void Link(int node, int next) => _nodes[node].Next = next;

    public readonly int Reversed(int node)
    {
        int reversed = None;
        while (node != None)
        {
            int next = _nodes[node].Next;
            _nodes[node].Next = reversed;
            reversed = node;
            node = next;
        }

        return reversed;
    }

    private struct Node
    {
        public SimulationEvent Event;
        public int Next;
    }
}
