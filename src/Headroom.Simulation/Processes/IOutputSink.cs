namespace Headroom.Simulation.Processes;

/// <summary>Takes what a step wants done, in order; the spans live only during the call. What hosts outside the simulator implement.</summary>
public interface IOutputSink
{
    void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent);

    /// <summary>A message that shares packets with those packed just before it for the same peer (<see cref="Messages.PackFrame"/>); a sink that knows no packing sends it alone.</summary>
    void Pack(int peer, ReadOnlySpan<byte> head, int body, bool isFirst) => Send(peer, head, body, isUrgent: false);

    /// <summary>Sets a timer of this member, replacing an earlier setting of the same number.</summary>
    void SetTimer(int timer, long delayNs);

    void CancelTimer(int timer);

    void Persist(ReadOnlySpan<byte> record);

    /// <summary>A record with which the log begins anew once it is durable; a sink may keep those before it all the same.</summary>
    void PersistAnew(ReadOnlySpan<byte> record) => Persist(record);

    void Deliver(int body);

    void Reply(long request, ReadOnlySpan<byte> head, int body);
}
