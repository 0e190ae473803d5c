using Headroom.Consensus.Groups;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;
using Headroom.Lab.Storage;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Groups;

/// <summary>What steps want done, at once or when the disk has caught up.</summary>
internal sealed partial class GroupHost
{
    private void Step(Seat seat, in ProcessInput input)
    {
        var sink = new Sink(this, seat);
        _runner.Step(ref seat.Process, seat.Member, input, new ClockReading(NowNs, 0), ref seat.Random, ref sink);
        if (seat.Log is null && seat.Unwritten > seat.ToldDurable)
        {
            Tell(seat, seat.Unwritten);
        }
    }

    private void Tell(Seat seat, long durable)
    {
        seat.ToldDurable = durable;
        Step(seat, new ProcessInput { Kind = InputKind.Durable, Number = durable });
    }

    /// <summary>What waited for the disk leaves, then the member is told.</summary>
    private void TakeDurable(Seat seat)
    {
        DurableLog log = seat.Log!;
        if (log.Failure is { } failure)
        {
            throw new LabException(failure);
        }

        long durable = log.Durable;
        while (seat.Held.TryPeek(out (long Records, int Peer, byte[] Wire) first) && first.Records <= durable)
        {
            Put(seat.Member, first.Peer, seat.Held.Dequeue().Wire);
        }

        if (durable > seat.ToldDurable)
        {
            Tell(seat, durable);
        }
    }

    private void Send(Seat seat, int peer, ReadOnlySpan<byte> head, bool isUrgent)
    {
        int needed = (int)WireFrame.Length(head.Length, 0);
        if (_wire.Length < needed)
        {
            _wire = new byte[2 * needed];
        }

        ReadOnlySpan<byte> wire = _wire.AsSpan(0, WireFrame.Write(_wire, head, default));
        if (!isUrgent && seat.Log is { } log && (log.Appended > log.Durable || seat.Held.Count > 0))
        {
            seat.Held.Enqueue((log.Appended, peer, wire.ToArray()));
        }
        else
        {
            Put(seat.Member, peer, wire);
        }
    }

    private void Put(int from, int to, ReadOnlySpan<byte> wire)
    {
        Volatile.Write(ref _messages, _messages + 1);
        Volatile.Write(ref _bytes, _bytes + _packets.WireBytes(wire.Length));
        if (!_addresses.Knows(to))
        {
            return;
        }

        if (_links is null)
        {
            _transport.Send(from, to, wire);
            return;
        }

        long atNs = _links.Send(from, to, wire.Length, NowNs);
        if (atNs >= 0)
        {
            _underWay.Enqueue((from, to, wire.ToArray()), (atNs, _order++));
        }
    }

    /// <summary>What has been on its way for as long as its link takes is put on its socket.</summary>
    private bool SendDue()
    {
        bool any = false;
        while (_underWay.TryPeek(out (int From, int To, byte[] Wire) first, out (long AtNs, long Order) due) && due.AtNs <= NowNs)
        {
            _underWay.Dequeue();
            _transport.Send(first.From, first.To, first.Wire);
            any = true;
        }

        return any;
    }

    /// <summary>A member and what its host keeps for it.</summary>
    private sealed class Seat(int member, GroupMember process, DurableLog? log, RandomStream random)
    {
        public GroupMember Process = process;
        public RandomStream Random = random;

        public int Member => member;

        public DurableLog? Log => log;

        /// <summary>How often each timer was set, fired or cancelled.</summary>
        public int[] Timers { get; } = new int[GroupMember.TimersMax];

        /// <summary>What waits until so many records are durable.</summary>
        public Queue<(long Records, int Peer, byte[] Wire)> Held { get; } = new();

        public long ToldDurable { get; set; } = log?.Durable ?? 0;

        /// <summary>Records of a member without a log: for durable they count at once.</summary>
        public long Unwritten { get; set; }
    }

    private readonly struct Sink(GroupHost host, Seat seat) : IOutputSink
    {
        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent) => host.Send(seat, peer, head, isUrgent);

        public void SetTimer(int timer, long delayNs)
        {
            int setting = ++seat.Timers[timer];
            host._timers.Enqueue((seat, timer, setting), (host.NowNs + delayNs, host._order++));
        }

        public void CancelTimer(int timer) => seat.Timers[timer]++;

        public void Persist(ReadOnlySpan<byte> record)
        {
            if (seat.Log is { } log)
            {
                log.Append(record);
            }
            else
            {
                seat.Unwritten++;
            }
        }

        public void PersistAnew(ReadOnlySpan<byte> record)
        {
            if (seat.Log is { } log)
            {
                log.AppendAnew(record);
            }
            else
            {
                seat.Unwritten++;
            }
        }

        public void Deliver(int body) => throw new NotSupportedException("groups answer their clients by messages");

        public void Reply(long request, ReadOnlySpan<byte> head, int body) => throw new NotSupportedException("groups answer their clients by messages");
    }
}
