namespace Headroom.Simulation.Messages;

/// <summary>The bytes of a pack (<see cref="PackFrame"/>) that grows message by message: what every host counts.</summary>
public struct PackLength
{
    public int Count { get; private set; }

    /// <summary>As it would lie on the wire now.</summary>
    public long Bytes { get; private set; }

    public void Begin(long messageBytes) => (Count, Bytes) = (1, messageBytes);

    /// <summary>False when there is no room: the message begins another pack.</summary>
    public bool TryAdd(long messageBytes)
    {
        long before = Count == 1 ? PackFrame.MarkBytes + PackFrame.LengthBytes(Bytes) + Bytes : Bytes;
        long after = before + PackFrame.LengthBytes(messageBytes) + messageBytes;
        if (Count == 0 || after > PackFrame.BytesMax)
        {
            return false;
        }

        (Count, Bytes) = (Count + 1, after);
        return true;
    }
}
