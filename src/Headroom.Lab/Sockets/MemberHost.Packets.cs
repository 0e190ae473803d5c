using Headroom.Simulation.Messages;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Sockets;

/// <summary>What steps want done, and the way of packets through our links, the kernel and our links again.</summary>
internal sealed partial class MemberHost<TProcess>
{
    private readonly PacketWriter _packet = new();
    private int _packetFrom;
    private int _packetTo;
    private long _packetAtNs;
    private DropCause _packetDrop;

    private void Step(int member, in ProcessInput input)
    {
        var sink = new Sink(this, member);
        _runner.Step(ref _processes[member], member, input, new ClockReading(NowNs, 0), ref _random[member], ref sink);
        EndPacket();
    }

    /// <summary>A message joins the packet under way if it may, and begins another otherwise.</summary>
    private void Transmit(int from, int to, ReadOnlySpan<byte> head, int body, bool mayShare)
    {
        if (!mayShare || to != _packetTo)
        {
            EndPacket();
        }

        ReadOnlySpan<byte> bytes = _bodies[body];
        long nowNs = NowNs;
        int hops = _observer.Composed(from, head, body, bytes.Length);
        long before = _packet.FrameBytes;
        if (!_packet.TryAdd(head, bytes, hops, _bodies.IdentityOf(body)))
        {
            EndPacket();
            before = 0;
            _packet.TryAdd(head, bytes, hops, _bodies.IdentityOf(body));
        }

        long wireBytes = PacketBytes(_packet.FrameBytes) - (before == 0 ? 0 : PacketBytes(before));
        if (before == 0)
        {
            (_packetFrom, _packetTo) = (from, to);
            _packetAtNs = _links.Send(from, to, wireBytes, nowNs);
            _packetDrop = LinkNetwork.CauseOf(_packetAtNs);
        }
        else if (_packetDrop == DropCause.None)
        {
            _packetAtNs = _links.Extend(from, wireBytes, _packetAtNs);
        }

        _observer.Sent(from, to, body, hops, wireBytes, _packetDrop, nowNs);
    }

    private void EndPacket()
    {
        if (_packet.Count == 0)
        {
            return;
        }

        byte[] packet = _packet.Take();
        if (_packetDrop != DropCause.None)
        {
            return;
        }

        // A link without delay is the socket itself.
        if (_packetAtNs <= NowNs)
        {
            Put(_packetFrom, _packetTo, packet);
        }
        else
        {
            Schedule(_packetAtNs, new Pending(PendingKind.Put, _packetFrom, _packetTo, 0, packet));
        }
    }

    private void Put(int from, int to, byte[] packet)
    {
        if (_isDown[from])
        {
            return;
        }

        Packet.Number(packet, _held.Next);
        if (_transport.Send(from, to, packet))
        {
            _put++;
            if (_clock.StandsStill)
            {
                _held.Put(to, NowNs);
            }
        }
        else
        {
            _refused++;
        }
    }

    private void Receive(in Arrival arrival)
    {
        _taken++;
        if (!Packet.TryRead(arrival.Packet, out ReadOnlySpan<byte> frame, out _, out long number))
        {
            return;
        }

        _held.Taken(number);
        long nowNs = NowNs;
        long doneNs = _links.Receive(arrival.From, arrival.To, PacketBytes(frame.Length), nowNs);
        if (doneNs <= nowNs)
        {
            TakeIn(arrival.From, arrival.To, arrival.Packet);
        }
        else
        {
            Schedule(doneNs, new Pending(PendingKind.TakeIn, arrival.To, arrival.From, 0, arrival.Packet));
        }
    }

    /// <summary>Broadcasts' heads are shorter: processes read them on the stack.</summary>
    private const int HeadBytesMax = (1 << 14) - 1;

    private void TakeIn(int from, int to, byte[] packet)
    {
        if (_isDown[to] || !Packet.TryRead(packet, out ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> notes, out _))
        {
            return;
        }

        bool isPack = PackFrame.IsPack(frame);
        ReadOnlySpan<byte> rest = isPack ? frame[PackFrame.MarkBytes..] : frame;
        for (int i = 0; i < Packet.Notes(notes) && Packet.TryNext(ref rest, isPack, out ReadOnlySpan<byte> message); i++)
        {
            (int hops, long identity) = Packet.Note(notes, i);
            if (WireFrame.TryRead(message, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> bytes) && head.Length <= HeadBytesMax && _bodies.TryTake(identity, bytes, out int body))
            {
                _observer.Received(from, to, body, hops, PacketBytes(message.Length), NowNs);
                Step(to, new ProcessInput { Kind = InputKind.Message, Peer = from, Head = head, Body = body });
            }
        }
    }

    private readonly struct Sink(MemberHost<TProcess> host, int member) : IOutputSink
    {
        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent) => host.Transmit(member, peer, head, body, mayShare: false);

        public void Pack(int peer, ReadOnlySpan<byte> head, int body, bool isFirst) => host.Transmit(member, peer, head, body, mayShare: !isFirst);

        public void SetTimer(int timer, long delayNs)
        {
            ref int setting = ref host._timerSettings[(member * TProcess.TimerCount) + timer];
            setting++;
            host.Schedule(host.NowNs + delayNs, new Pending(PendingKind.Timer, member, timer, setting, []));
        }

        public void CancelTimer(int timer) => host._timerSettings[(member * TProcess.TimerCount) + timer]++;

        public void Persist(ReadOnlySpan<byte> record) => throw new NotSupportedException("protocols of dissemination keep nothing durable");

        public void Deliver(int body) => host._observer.Delivered(member, body, host.NowNs);

        public void Reply(long request, ReadOnlySpan<byte> head, int body) => host._observer.Replied(member, request, head, body, host.NowNs);
    }
}
