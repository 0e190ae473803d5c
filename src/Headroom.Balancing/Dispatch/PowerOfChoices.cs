using Headroom.Kernel.Randomness;

namespace Headroom.Balancing.Dispatch;

/// <summary>
/// The shortest queue among d different servers drawn by chance, the first drawn on a tie ([mitzenmacher2001]; two choices instead of one shorten
/// the tail of queue lengths from exponential to doubly exponential).
/// </summary>
public struct PowerOfChoices : IDispatchPolicy
{
    /// <summary>Above this, look at all queues.</summary>
    public const int ChoicesMax = 64;

    private readonly int _choices;
    private readonly int[] _drawn;
    private JobLists _queues;
    private int _servers;

    public PowerOfChoices(int choices)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(choices, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(choices, ChoicesMax);
        _choices = choices;
        _drawn = new int[choices];
    }

    public void Start(int servers, int jobs)
    {
        _servers = servers;
        _queues.Start(servers, jobs);
    }

    public readonly int Choose(double nowS, ReadOnlySpan<double> freeAtS, ref RandomStream random)
    {
        int choices = Math.Min(_choices, _servers);
        int best = -1;
        int shortest = int.MaxValue;
        for (int i = 0; i < choices; i++)
        {
            int server = Draw(i, ref random);
            _drawn[i] = server;
            int length = _queues.LengthAt(server, nowS);
            if (length < shortest)
            {
                shortest = length;
                best = server;
            }
        }

        return best;
    }

    public readonly void Dispatched(int server, int job, double departureS) => _queues.Add(server, job, departureS);

    /// <summary>Uniform among the servers not drawn before, by rejection.</summary>
    private readonly int Draw(int before, ref RandomStream random)
    {
        if (before == 0)
        {
            return random.Below(_servers);
        }

        while (true)
        {
            int server = random.Below(_servers);
            if (!_drawn.AsSpan(0, before).Contains(server))
            {
                return server;
            }
        }
    }
}
