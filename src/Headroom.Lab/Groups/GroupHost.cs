using System.Net;
using System.Runtime.ExceptionServices;
using Headroom.Consensus.Groups;
using Headroom.Lab.Sockets;
using Headroom.Lab.Storage;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Groups;

/// <summary>
/// Runs some members of a group on a thread of their own, over real sockets, by the machine's own clock, with a log on the disk each where they have one. As in the simulator, what follows a record waits
/// until it is durable, unless it is urgent. Nothing is delayed or lost here but by the machine, and by links where they are stated.
/// </summary>
internal sealed partial class GroupHost : IDisposable
{
    /// <summary>Arrivals that are taken in before timers have their turn and what was gathered leaves.</summary>
    private const int ArrivalsMax = 256;

    private static readonly TimeSpan NapMax = TimeSpan.FromMilliseconds(100);

    private readonly GroupSeating _seating;
    private readonly TimeProvider _time;
    private readonly ITransport _transport;
    private readonly PacketFormat _packets;
    private readonly Inbox _inbox = new();
    private readonly AddressBook _addresses;
    private readonly Seat?[] _seats;
    private readonly PriorityQueue<(Seat Seat, int Timer, int Setting), (long AtNs, long Order)> _timers = new();
    private readonly StepRunner _runner = new();
    private readonly Thread _thread;
    private readonly CancellationTokenSource _stop = new();
    private readonly Action? _watch;
    private readonly LinkNetwork? _links;
    private readonly PriorityQueue<(int From, int To, byte[] Wire), (long AtNs, long Order)> _underWay = new();
    private byte[] _wire = new byte[4096];
    private long _order;
    private long _messages;
    private long _bytes;
    private volatile Exception? _failure;

    /// <param name="seating">What all hosts share.</param>
    /// <param name="members">Each with its process, and its log where it writes one.</param>
    /// <param name="life">How often these members have lived before.</param>
    /// <param name="watch">Called on the host's thread after each of its turns.</param>
    /// <param name="time">The machine's clock.</param>
    public GroupHost(GroupSeating seating, IReadOnlyList<(int Member, GroupMember Process, DurableLog? Log)> members, int life, Action? watch, TimeProvider time)
    {
        (_seating, _watch, _time) = (seating, watch, time);
        _transport = seating.Transport == Transport.Udp ? new UdpTransport() : new TcpTransport(gathers: true);
        _packets = PacketsOf(seating.Transport);
        _addresses = new AddressBook(seating.Members);
        _links = seating.Links is { } links ? new LinkNetwork(links.Network(seating.Members, 0), seating.Seed.Named("links").At(life)) : null;
        _seats = new Seat?[seating.Members];
        foreach ((int member, GroupMember process, DurableLog? log) in members)
        {
            _seats[member] = new Seat(member, process, log, seating.Seed.Named("members").At(member).At(life).Stream());
        }

        _thread = new Thread(Live) { IsBackground = true, Name = $"members from {members[0].Member}" };
    }

    /// <summary>What was sent so far.</summary>
    public WireCounts Counts => new(Volatile.Read(ref _messages), Volatile.Read(ref _bytes));

    /// <summary>What a message costs beside its frame: nothing that this host does not write itself.</summary>
    public static PacketFormat PacketsOf(Transport transport) => PacketFormat.Bare with { FramingBytes = transport == Transport.Tcp ? 4 : 0 };

    public IReadOnlyList<(int Member, IPEndPoint Endpoint)> Open() =>
        [.. _seats.OfType<Seat>().Select(seat => (seat.Member, _transport.Open(seat.Member, IPAddress.Loopback)))];

    /// <summary>Where others are, or have moved to.</summary>
    public void Meet(IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints)
    {
        foreach ((int member, IPEndPoint endpoint) in endpoints)
        {
            _addresses[member] = endpoint;
        }
    }

    /// <summary>The members start, or recover from what their logs hold.</summary>
    public void Start()
    {
        _transport.Start(_addresses, _inbox);
        _thread.Start();
    }

    /// <summary>Throws what ended the host's thread, if something did.</summary>
    public void Check()
    {
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>The members are gone as in a crash: nothing more is sent or written.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _transport.Dispose();
        foreach (Seat seat in _seats.OfType<Seat>())
        {
            seat.Log?.Dispose();
        }

        _inbox.Dispose();
        _stop.Dispose();
    }

    private long NowNs => _time.GetElapsedTime(_seating.Origin).Ticks * TimeSpan.NanosecondsPerTick;

    private void Live()
    {
        try
        {
            foreach (Seat seat in _seats.OfType<Seat>())
            {
                Begin(seat);
            }

            while (!_stop.IsCancellationRequested)
            {
                bool isBusy = TakeArrivals() | FireDue() | SendDue();
                _transport.Flush();
                _watch?.Invoke();
                if (!isBusy)
                {
                    long nextNs = Math.Min(_timers.TryPeek(out _, out (long AtNs, long Order) timer) ? timer.AtNs : long.MaxValue, _underWay.TryPeek(out _, out (long AtNs, long Order) sent) ? sent.AtNs : long.MaxValue) - NowNs;
                    if (nextNs > 0)
                    {
                        _inbox.Wait(TimeSpan.FromTicks(Math.Min(NapMax.Ticks, 1 + (nextNs / TimeSpan.NanosecondsPerTick))), _stop.Token);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped while it waited.
        }
        catch (Exception error)
        {
            _failure = error;
        }
    }

    private void Begin(Seat seat)
    {
        if (seat.Log is not { } log)
        {
            Step(seat, new ProcessInput { Kind = InputKind.Start });
            return;
        }

        IReadOnlyList<ReadOnlyMemory<byte>> records = log.Recovered;
        log.Start(() => _inbox.Put(new Arrival(ArrivalKind.Disk, seat.Member, -1, [])));
        for (int i = 0; i < records.Count; i++)
        {
            Step(seat, new ProcessInput { Kind = InputKind.Recovery, Number = i, Head = records[i].Span });
        }

        Step(seat, records.Count > 0 ? new ProcessInput { Kind = InputKind.Recovery, Number = -1 } : new ProcessInput { Kind = InputKind.Start });
    }

    private bool TakeArrivals()
    {
        int taken = 0;
        while (taken < ArrivalsMax && _inbox.TryTake(out Arrival arrival))
        {
            taken++;
            Seat seat = _seats[arrival.To]!;
            switch (arrival.Kind)
            {
                case ArrivalKind.Disk:
                    TakeDurable(seat);
                    break;
                case ArrivalKind.LinkDown:
                    Step(seat, new ProcessInput { Kind = InputKind.LinkDown, Peer = arrival.From });
                    break;
                default:
                    if (WireFrame.TryRead(arrival.Packet, out ReadOnlySpan<byte> head, out _))
                    {
                        Step(seat, new ProcessInput { Kind = InputKind.Message, Peer = arrival.From, Head = head });
                    }

                    break;
            }
        }

        return taken > 0;
    }

    private bool FireDue()
    {
        bool any = false;
        long nowNs = NowNs;
        long last = _order;
        while (_timers.TryPeek(out (Seat Seat, int Timer, int Setting) item, out (long AtNs, long Order) due) && due.AtNs <= nowNs && due.Order < last)
        {
            _timers.Dequeue();
            ref int setting = ref item.Seat.Timers[item.Timer];
            if (setting == item.Setting)
            {
                setting++;
                any = true;
                Step(item.Seat, new ProcessInput { Kind = InputKind.Timer, Number = item.Timer });
            }
        }

        return any;
    }
}
