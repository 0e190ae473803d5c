using Headroom.Dissemination.Detection;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Lab.Sockets;

/// <summary>Counts as the simulator's broadcast observer does, and notes besides every delivery and every change of what members hold each other for.</summary>
internal struct LabObserver(int members) : IObserver
{
    private readonly List<(int Member, int Body, long TimeNs)> _deliveries = [];
    private readonly List<StatusChange> _changes = [];
    private BroadcastObserver _counts = new(members);

    public readonly BroadcastObserver Counts => _counts;

    public readonly IReadOnlyList<(int Member, int Body, long TimeNs)> Deliveries => _deliveries;

    public readonly IReadOnlyList<StatusChange> Changes => _changes;

    public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => _counts.Composed(member, head, body, bodyBytes);

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs) => _counts.Sent(from, to, body, tag, wireBytes, drop, nowNs);

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs) => _counts.Received(from, to, body, tag, wireBytes, nowNs);

    public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs) => _counts.Dropped(from, to, body, tag, wireBytes, cause, nowNs);

    public void Delivered(int member, int body, long nowNs)
    {
        _counts.Delivered(member, body, nowNs);
        _deliveries.Add((member, body, nowNs));
    }

    public readonly void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
        if (StatusNotice.TryRead(head, out MemberStatus status))
        {
            _changes.Add(new StatusChange(member, (int)request, status, nowNs));
        }
    }

    public readonly void Struck(in Fault fault)
    {
    }
}
