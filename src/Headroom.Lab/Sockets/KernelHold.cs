namespace Headroom.Lab.Sockets;

/// <summary>The messages that were put on sockets of members of this process and have not come out yet, oldest first.</summary>
internal sealed class KernelHold(TimeProvider time)
{
    /// <summary>What has not come out after so long of the machine's time was dropped.</summary>
    private static readonly TimeSpan GiveUp = TimeSpan.FromMilliseconds(300);

    private readonly Queue<(long Number, int To, long AtNs, long Timestamp)> _order = new();
    private readonly HashSet<long> _taken = [];
    private long _number;

    /// <summary>The number that the next message will bear.</summary>
    public long Next => _number + 1;

    public void Put(int to, long nowNs) => _order.Enqueue((++_number, to, nowNs, time.GetTimestamp()));

    public void Taken(long number)
    {
        if (_order.TryPeek(out (long Number, int To, long AtNs, long Timestamp) first) && number >= first.Number)
        {
            _taken.Add(number);
        }
    }

    /// <summary>Since when the kernel has held the oldest message for a live member.</summary>
    public long? Since(bool[] isDown)
    {
        while (_order.TryPeek(out (long Number, int To, long AtNs, long Timestamp) first))
        {
            if (!_taken.Remove(first.Number) && !isDown[first.To] && time.GetElapsedTime(first.Timestamp) < GiveUp)
            {
                return first.AtNs;
            }

            _order.Dequeue();
        }

        return null;
    }
}
