using System.Buffers.Binary;
using System.Diagnostics;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Sockets;

/// <summary>What steps want done.</summary>
internal sealed partial class MemberHost<TProcess>
{
    private long _startNs;

    private enum PendingKind : byte
    {
        Timer,
        Put,
        Request,
        TakeIn,
    }

    private void Step(int member, in ProcessInput input)
    {
        var sink = new Sink(this, member);
        _runner.Step(ref _processes[member], member, input, new ClockReading(NowNs, 0), ref _random[member], ref sink);
    }

    private void Transmit(int from, int to, ReadOnlySpan<byte> head, int body)
    {
        ReadOnlySpan<byte> bytes = _bodies[body];
        int length = (int)WireFrame.Length(head.Length, bytes.Length);
        long nowNs = NowNs;
        long packetBytes = PacketBytes(length);
        int hops = _observer.Composed(from, head, body, bytes.Length);
        long atNs = _links.Send(from, to, packetBytes, nowNs);
        DropCause cause = LinkNetwork.CauseOf(atNs);
        _observer.Sent(from, to, body, hops, packetBytes, cause, nowNs);
        if (cause != DropCause.None)
        {
            return;
        }

        byte[] wire = new byte[length + TrailerBytes];
        int written = WireFrame.Write(wire, head, bytes);
        Debug.Assert(written == length, "the bytes counted are those on the wire");
        BinaryPrimitives.WriteInt32LittleEndian(wire.AsSpan(length), hops);
        // A link without delay is the socket itself.
        if (atNs <= nowNs)
        {
            Put(from, to, wire);
        }
        else
        {
            Schedule(atNs, new Pending(PendingKind.Put, from, to, 0, wire));
        }
    }

    private readonly record struct Pending(PendingKind Kind, int Member, int Peer, int Setting, byte[] Wire);

    private readonly struct Sink(MemberHost<TProcess> host, int member) : IOutputSink
    {
        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent) => host.Transmit(member, peer, head, body);

        public void SetTimer(int timer, long delayNs)
        {
            ref int setting = ref host._timerSettings[(member * TProcess.TimerCount) + timer];
            setting++;
            host.Schedule(host.NowNs + delayNs, new Pending(PendingKind.Timer, member, timer, setting, []));
        }

        public void CancelTimer(int timer) => host._timerSettings[(member * TProcess.TimerCount) + timer]++;

        public void Persist(ReadOnlySpan<byte> record) => throw new NotSupportedException("protocols of dissemination keep nothing durable");

        public void Deliver(int body) => host._observer.Delivered(member, body, host.NowNs);

        public void Reply(long request, ReadOnlySpan<byte> head, int body)
        {
        }
    }
}
