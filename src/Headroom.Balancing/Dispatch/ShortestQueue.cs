using Headroom.Kernel.Randomness;

namespace Headroom.Balancing.Dispatch;

/// <summary>
/// The server with the fewest jobs, by chance among equals. Servers stand in one array ordered by queue length with the place where each
/// length begins, so that a step of one length is a swap; a heap holds the next departure of each busy server. O(log c) per job.
/// </summary>
public struct ShortestQueue : IDispatchPolicy
{
    private JobLists _queues;
    private int[] _order;
    private int[] _place;
    private int[] _begins;
    private double[] _nextS;
    private int[] _nextServer;
    private int _busy;
    private int _servers;

    public void Start(int servers, int jobs)
    {
        _queues.Start(servers, jobs);
        if (_order is null || _order.Length != servers)
        {
            _order = new int[servers];
            _place = new int[servers];
            _nextS = new double[servers];
            _nextServer = new int[servers];
        }

        _begins ??= new int[16];
        Array.Fill(_begins, servers);
        _begins[0] = 0;
        for (int i = 0; i < servers; i++)
        {
            _order[i] = i;
            _place[i] = i;
        }

        _busy = 0;
        _servers = servers;
    }

    public int Choose(double nowS, ReadOnlySpan<double> freeAtS, ref RandomStream random)
    {
        while (_busy > 0 && _nextS[0] <= nowS)
        {
            Depart();
        }

        int shortest = _queues.Length(_order[0]);
        int equals = shortest + 1 < _begins.Length ? _begins[shortest + 1] : _servers;
        return _order[equals == 1 ? 0 : random.Below(equals)];
    }

    public void Dispatched(int server, int job, double departureS)
    {
        int length = _queues.Length(server);
        if (length + 1 >= _begins.Length)
        {
            int known = _begins.Length;
            Array.Resize(ref _begins, 2 * known);
            Array.Fill(_begins, _servers, known, known);
        }

        Swap(server, --_begins[length + 1]);
        _queues.Add(server, job, departureS);
        if (length == 0)
        {
            TimeHeap.Add(_nextS, _nextServer, _busy++, departureS, server);
        }
    }

    private void Depart()
    {
        int server = _nextServer[0];
        Swap(server, _begins[_queues.Length(server)]++);
        double nextS = _queues.RemoveFirst(server);
        if (double.IsPositiveInfinity(nextS))
        {
            _busy--;
            (nextS, server) = (_nextS[_busy], _nextServer[_busy]);
        }

        TimeHeap.ReplaceRoot(_nextS, _nextServer, _busy, nextS, server);
    }

    private readonly void Swap(int server, int place)
    {
        int other = _order[place];
        int from = _place[server];
        (_order[place], _order[from]) = (server, other);
        (_place[server], _place[other]) = (place, from);
    }
}
