namespace Headroom.Balancing.Dispatch;

/// <summary>A binary heap of servers by time, in two arrays.</summary>
internal static class TimeHeap
{
    /// <summary>Puts a new entry in the place of the first and restores the order. O(log n).</summary>
    public static void ReplaceRoot(double[] times, int[] servers, int count, double time, int server)
    {
        int hole = 0;
        while (true)
        {
            int child = (2 * hole) + 1;
            if (child >= count)
            {
                break;
            }

            if (child + 1 < count && times[child + 1] < times[child])
            {
                child++;
            }

            if (times[child] >= time)
            {
                break;
            }

            times[hole] = times[child];
            servers[hole] = servers[child];
            hole = child;
        }

        times[hole] = time;
        servers[hole] = server;
    }

    /// <summary>Adds an entry; the caller has room and counts.</summary>
    public static void Add(double[] times, int[] servers, int count, double time, int server)
    {
        int hole = count;
        while (hole > 0)
        {
            int parent = (hole - 1) / 2;
            if (times[parent] <= time)
            {
                break;
            }

            times[hole] = times[parent];
            servers[hole] = servers[parent];
            hole = parent;
        }

        times[hole] = time;
        servers[hole] = server;
    }
}
