using System.Buffers.Binary;
using System.Net;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Sockets;

/// <summary>
/// Runs some of the members over real sockets, on one thread. Links are impaired here, by the very code that the simulator uses: a message is held
/// back until it would have crossed its link, then put on the socket; the receiver's line takes it in when it comes out. Behind each message
/// stand four bytes for the observer (the hops of the payload), which are not counted.
/// </summary>
internal sealed partial class MemberHost<TProcess> : IMemberHost
    where TProcess : struct, IProcess
{
    private const int TrailerBytes = 4;

    private readonly LabOptions _options;
    private readonly NetworkOptions _network;
    private readonly int[] _members;
    private readonly ITransport _transport;
    private readonly TimeProvider _time;
    private readonly Inbox _inbox = new();
    private readonly BodyStore _bodies = new();
    private readonly LinkNetwork _links;
    private readonly PriorityQueue<Pending, (long AtNs, long Order)> _queue = new();
    private readonly StepRunner _runner = new();
    private readonly TProcess[] _processes;
    private readonly RandomStream[] _random;
    private readonly bool[] _isOurs;
    private readonly bool[] _isDown;
    private readonly int[] _timerSettings;
    private BroadcastObserver _observer;
    private long _order;
    private long _startedAt;
    private long _put;
    private long _taken;
    private long _refused;
    private byte[] _wire = new byte[4096];

    public MemberHost(LabOptions options, Func<int, TProcess> create, IReadOnlyList<int> members, ITransport transport, TimeProvider time)
    {
        _options = options;
        _network = options.Setting.Network;
        _members = [.. members];
        _transport = transport;
        _time = time;
        int all = options.Setting.Members;
        _links = new LinkNetwork(_network, options.Seed.Named("links"));
        _processes = new TProcess[all];
        _random = new RandomStream[all];
        _isOurs = new bool[all];
        _isDown = new bool[all];
        _timerSettings = new int[all * TProcess.TimerCount];
        _observer = new BroadcastObserver(all);
        Seed seeds = options.Seed.Named("members");
        foreach (int member in members)
        {
            _isOurs[member] = true;
            _processes[member] = create(member);
            _random[member] = seeds.At(member).Stream();
        }
    }

    public LabStatus Status => new(_queue.Count, _put, _taken);

    private long NowNs => _time.GetElapsedTime(_startedAt).Ticks * 100;

    public IReadOnlyList<(int Member, IPEndPoint Endpoint)> Open(IPAddress address) => [.. _members.Select(member => (member, _transport.Open(member, address)))];

    /// <summary>All addresses are known: the members start.</summary>
    public void Start(IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints)
    {
        var addresses = new AddressBook(_options.Setting.Members);
        foreach ((int member, IPEndPoint endpoint) in endpoints)
        {
            addresses[member] = endpoint;
        }

        _startedAt = _time.GetTimestamp();
        _transport.Start(addresses, _inbox);
        foreach (int member in _members)
        {
            Step(member, new ProcessInput { Kind = InputKind.Start });
        }
    }

    /// <summary>These members die, wherever they run; ours close their sockets.</summary>
    public void Crash(IReadOnlyList<int> members)
    {
        foreach (int member in members)
        {
            _isDown[member] = true;
            if (_isOurs[member])
            {
                _transport.Close(member);
            }
        }
    }

    public void Begin(long timestamp)
    {
        _observer = new BroadcastObserver(_options.Setting.Members);
        _startNs = _time.GetElapsedTime(_startedAt, timestamp).Ticks * 100;
        if (_isOurs[_options.Setting.Origin])
        {
            Schedule(_startNs, new Pending(PendingKind.Request, _options.Setting.Origin, -1, 1, []));
        }
    }

    public void BroadcastEarlier(int number, TimeSpan delay)
    {
        if (_isOurs[_options.Setting.Origin])
        {
            Schedule(NowNs + (delay.Ticks * 100), new Pending(PendingKind.Request, _options.Setting.Origin, -1, number, []));
        }
    }

    private void Request(int origin, int number)
    {
        byte[] payload = new byte[_options.Setting.PayloadBytes];
        RandomStream random = _options.Seed.Named("payload").At(number).Stream();
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] = (byte)random.Below(256);
        }

        Step(origin, new ProcessInput { Kind = InputKind.Request, Peer = -1, Number = number, Body = _bodies.Intern(payload) });
    }

    /// <summary>Runs for so long.</summary>
    public void Run(TimeSpan duration, CancellationToken cancellation)
    {
        long untilNs = NowNs + (duration.Ticks * 100);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            bool isBusy = RunDue() | TakeArrivals();
            long nowNs = NowNs;
            if (nowNs >= untilNs)
            {
                return;
            }

            if (!isBusy)
            {
                long nextNs = _queue.TryPeek(out _, out (long AtNs, long Order) first) ? Math.Min(first.AtNs, untilNs) : untilNs;
                if (nextNs > nowNs)
                {
                    _inbox.Wait(TimeSpan.FromTicks(Math.Max(1, (nextNs - nowNs) / 100)), cancellation);
                }
            }
        }
    }

    public MemberReport Report() => new()
    {
        Messages = _observer.Messages,
        PayloadCopies = _observer.PayloadCopies,
        PayloadCopiesReceived = _observer.PayloadCopiesReceived,
        WireBytes = _observer.WireBytes,
        Lost = _observer.Lost,
        Refused = _refused,
        PutOnSockets = _put,
        TakenFromSockets = _taken,
        Deliveries = [.. Delivered()],
    };

    public void Dispose()
    {
        _transport.Dispose();
        _inbox.Dispose();
    }

    private IEnumerable<MemberDelivery> Delivered()
    {
        foreach (int member in _members)
        {
            if (_observer.DeliveredNs[member] != BroadcastObserver.Never)
            {
                yield return new MemberDelivery(member, _observer.DeliveredNs[member] - _startNs, _observer.Hops[member]);
            }
        }
    }

    private bool RunDue()
    {
        bool any = false;
        // Only what was due when we looked, so that arrivals are not kept waiting by a chain of immediate timers.
        long nowNs = NowNs;
        while (_queue.TryPeek(out Pending item, out (long AtNs, long Order) due) && due.AtNs <= nowNs)
        {
            _queue.Dequeue();
            any = true;
            switch (item.Kind)
            {
                case PendingKind.Timer:
                    Fire(item.Member, item.Peer, item.Setting);
                    break;
                case PendingKind.Put:
                    Put(item.Member, item.Peer, item.Wire);
                    break;
                case PendingKind.Request:
                    Request(item.Member, item.Setting);
                    break;
                default:
                    TakeIn(item.Peer, item.Member, item.Wire);
                    break;
            }
        }

        return any;
    }

    private bool TakeArrivals()
    {
        bool any = false;
        while (_inbox.TryTake(out Arrival arrival))
        {
            any = true;
            if (arrival.Kind == ArrivalKind.LinkDown)
            {
                if (!_isDown[arrival.To])
                {
                    Step(arrival.To, new ProcessInput { Kind = InputKind.LinkDown, Peer = arrival.From });
                }

                continue;
            }

            _taken++;
            long nowNs = NowNs;
            long doneNs = _links.Receive(arrival.To, PacketBytes(arrival.Wire.Length - TrailerBytes), nowNs);
            if (doneNs <= nowNs)
            {
                TakeIn(arrival.From, arrival.To, arrival.Wire);
            }
            else
            {
                Schedule(doneNs, new Pending(PendingKind.TakeIn, arrival.To, arrival.From, 0, arrival.Wire));
            }
        }

        return any;
    }

    private void TakeIn(int from, int to, byte[] wire)
    {
        int length = wire.Length - TrailerBytes;
        if (_isDown[to] || length < 0 || !WireFrame.TryRead(wire.AsSpan(0, length), out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> bytes))
        {
            return;
        }

        int body = _bodies.Intern(bytes);
        _observer.Received(from, to, body, BinaryPrimitives.ReadInt32LittleEndian(wire.AsSpan(length)), PacketBytes(length), NowNs);
        Step(to, new ProcessInput { Kind = InputKind.Message, Peer = from, Head = head, Body = body });
    }

    private void Fire(int member, int timer, int setting)
    {
        ref int now = ref _timerSettings[(member * TProcess.TimerCount) + timer];
        if (now == setting && !_isDown[member])
        {
            now++;
            Step(member, new ProcessInput { Kind = InputKind.Timer, Number = timer });
        }
    }

    private void Put(int from, int to, byte[] wire)
    {
        if (_isDown[from])
        {
            return;
        }

        if (_transport.Send(from, to, wire))
        {
            _put++;
        }
        else
        {
            _refused++;
        }
    }

    private long PacketBytes(long messageBytes) => _network.Packets.WireBytes(messageBytes);

    private void Schedule(long atNs, Pending item) => _queue.Enqueue(item, (atNs, _order++));
}
