namespace Headroom.Balancing.Dispatch;

/// <summary>The jobs at each server in order of departure, as lists through one array of links, so that queues of any length allocate nothing.</summary>
internal struct JobLists
{
    private const int None = -1;
    private int[] _next;
    private double[] _departureS;
    private int[] _head;
    private int[] _tail;
    private int[] _length;

    public void Start(int servers, int jobs)
    {
        if (_next is null || _next.Length < jobs)
        {
            _next = new int[jobs];
            _departureS = new double[jobs];
        }

        if (_head is null || _head.Length != servers)
        {
            _head = new int[servers];
            _tail = new int[servers];
            _length = new int[servers];
        }

        Array.Fill(_head, None);
        Array.Clear(_length);
    }

    /// <summary>Jobs at a server, as last counted.</summary>
    public readonly int Length(int server) => _length[server];

    /// <summary>Jobs at a server that have not left by now.</summary>
    public readonly int LengthAt(int server, double nowS)
    {
        int head = _head[server];
        int length = _length[server];
        while (length > 0 && _departureS[head] <= nowS)
        {
            head = _next[head];
            length--;
        }

        _head[server] = head;
        _length[server] = length;
        return length;
    }

    public readonly void Add(int server, int job, double departureS)
    {
        _departureS[job] = departureS;
        if (_length[server]++ == 0)
        {
            _head[server] = job;
        }
        else
        {
            _next[_tail[server]] = job;
        }

        _tail[server] = job;
    }

    /// <summary>The first job leaves; the departure of the one behind it, or infinity.</summary>
    public readonly double RemoveFirst(int server)
    {
        int head = _next[_head[server]];
        if (--_length[server] == 0)
        {
            return double.PositiveInfinity;
        }

        _head[server] = head;
        return _departureS[head];
    }
}
