using System.Net;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Sockets;

/// <summary>
/// Runs some of the members over real sockets, on one thread. Links are impaired here, by the very code that the simulator uses: a message is held
/// back until it would have crossed its link, then put on the socket; the receiver's line takes it in when it comes out. Messages that the process packs
/// share a datagram or a write. Behind them stands what only the host needs (<see cref="Packet"/>), which is not counted.
/// </summary>
internal sealed partial class MemberHost<TProcess> : IMemberHost
    where TProcess : struct, IProcess
{
    private readonly HostOptions _options;
    private readonly NetworkOptions _network;
    private readonly int[] _members;
    private readonly ITransport _transport;
    private readonly Inbox _inbox = new();
    private readonly BodyStore _bodies = new();
    private readonly LinkNetwork _links;
    private readonly PriorityQueue<Pending, (long AtNs, long Order)> _queue = new();
    private readonly StepRunner _runner = new();
    private readonly MemberClock _clock;
    private readonly KernelHold _held;
    private readonly TProcess[] _processes;
    private readonly RandomStream[] _random;
    private readonly bool[] _isOurs;
    private readonly bool[] _isDown;
    private readonly int[] _timerSettings;
    private LabObserver _observer;
    private long _order;
    private long _put;
    private long _taken;
    private long _refused;
    private long _startNs;

    public MemberHost(HostOptions options, Func<int, TProcess> create, IReadOnlyList<int> members, ITransport transport, TimeProvider time)
    {
        _options = options;
        _network = options.Network;
        _members = [.. members];
        _transport = transport;
        int all = options.Members;
        _clock = new MemberClock(time, standsStill: members.Count == all);
        _held = new KernelHold(time);
        _links = new LinkNetwork(_network, options.Seed.Named("links"));
        _processes = new TProcess[all];
        _random = new RandomStream[all];
        _isOurs = new bool[all];
        _isDown = new bool[all];
        _timerSettings = new int[all * TProcess.TimerCount];
        _observer = new LabObserver(all);
        Seed seeds = options.Seed.Named("members");
        foreach (int member in members)
        {
            _isOurs[member] = true;
            _processes[member] = create(member);
            _random[member] = seeds.At(member).Stream();
        }
    }

    public LabStatus Status => new(_queue.Count, _put, _taken);

    public TimeSpan Elapsed => TimeSpan.FromTicks(NowNs / 100);

    private long NowNs => _clock.NowNs;

    public IReadOnlyList<(int Member, IPEndPoint Endpoint)> Open(IPAddress address) => [.. _members.Select(member => (member, _transport.Open(member, address)))];

    public void Start(IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints)
    {
        var addresses = new AddressBook(_options.Members);
        foreach ((int member, IPEndPoint endpoint) in endpoints)
        {
            addresses[member] = endpoint;
        }

        _transport.Start(addresses, _inbox);
        _clock.Start();
        foreach (int member in _members)
        {
            if (!_isDown[member])
            {
                Step(member, new ProcessInput { Kind = InputKind.Start });
            }
        }
    }

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

    public void Ask(MemberRequest request)
    {
        if (_isOurs[request.Member])
        {
            Schedule(NowNs + request.DelayNs, Pending.Of(request));
        }
    }

    public void Begin(long timestamp, IReadOnlyList<MemberRequest> requests)
    {
        _observer = new LabObserver(_options.Members);
        _startNs = _clock.Of(timestamp);
        foreach (MemberRequest request in requests)
        {
            if (_isOurs[request.Member])
            {
                Schedule(_startNs + request.DelayNs, Pending.Of(request));
            }
        }
    }

    /// <summary>Runs for so long on the members' clock.</summary>
    public void Run(TimeSpan duration, CancellationToken cancellation)
    {
        long untilNs = NowNs + (duration.Ticks * 100);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            long dueNs = _queue.TryPeek(out _, out (long AtNs, long Order) due) ? Math.Min(due.AtNs, untilNs) : untilNs;
            _clock.Look(_clock.StandsStill ? _held.Since(_isDown) : null, dueNs);
            // What came before now comes before what is due now.
            bool isBusy = TakeArrivals() | RunDue();
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
                    _clock.Plan(nextNs);
                    _inbox.Wait(TimeSpan.FromTicks(Math.Max(1, (nextNs - nowNs) / 100)), cancellation);
                }
            }
        }
    }

    public MemberReport Report()
    {
        BroadcastObserver counts = _observer.Counts;
        return new MemberReport
        {
            Messages = counts.Messages,
            PayloadCopies = counts.PayloadCopies,
            PayloadCopiesReceived = counts.PayloadCopiesReceived,
            WireBytes = counts.WireBytes,
            Lost = counts.Lost,
            Refused = _refused,
            PutOnSockets = _put,
            TakenFromSockets = _taken,
            StoodStillNs = _clock.StoodStillNs,
            LongestStallNs = _clock.LongestStallNs,
            Deliveries =
            [
                .. _members.Where(member => _observer.Counts.DeliveredNs[member] != BroadcastObserver.Never)
                    .Select(member => new MemberDelivery(member, _observer.Counts.DeliveredNs[member] - _startNs, _observer.Counts.Hops[member])),
            ],
            Handovers = [.. _observer.Deliveries.Select(delivery => new Handover(delivery.Member, _bodies.RequestOf(delivery.Body), delivery.TimeNs - _startNs))],
            Changes = [.. _observer.Changes.Select(change => change with { TimeNs = change.TimeNs - _startNs })],
        };
    }

    public void Dispose()
    {
        _transport.Dispose();
        _inbox.Dispose();
    }

    private bool RunDue()
    {
        bool any = false;
        // Only what was due when we looked, so that arrivals are not kept waiting by a chain of immediate timers.
        long nowNs = NowNs;
        long last = _order;
        while (_queue.TryPeek(out Pending item, out (long AtNs, long Order) due) && due.AtNs <= nowNs && due.Order < last)
        {
            _queue.Dequeue();
            any = true;
            switch (item.Kind)
            {
                case PendingKind.Timer:
                    Fire(item.Member, item.Peer, item.Number);
                    break;
                case PendingKind.Put:
                    Put(item.Member, item.Peer, item.Packet);
                    break;
                case PendingKind.Request:
                    Request(item.Member, item.Number, item.Peer);
                    break;
                default:
                    TakeIn(item.Peer, item.Member, item.Packet);
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
            }
            else
            {
                Receive(arrival);
            }
        }

        return any;
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

    private void Request(int member, int number, int bodyBytes)
    {
        if (_isDown[member])
        {
            return;
        }

        byte[] body = new byte[bodyBytes];
        RandomStream random = _options.Seed.Named("payload").At(number).Stream();
        for (int i = 0; i < body.Length; i++)
        {
            body[i] = (byte)random.Below(256);
        }

        Step(member, new ProcessInput { Kind = InputKind.Request, Peer = -1, Number = number, Body = _bodies.Make(member, number, body) });
    }

    private long PacketBytes(long frameBytes) => _network.Packets.WireBytes(frameBytes);

    private void Schedule(long atNs, Pending item) => _queue.Enqueue(item, (atNs, _order++));

    private enum PendingKind : byte
    {
        Timer,
        Put,
        Request,
        TakeIn,
    }

    private readonly record struct Pending(PendingKind Kind, int Member, int Peer, int Number, byte[] Packet)
    {
        public static Pending Of(MemberRequest request) => new(PendingKind.Request, request.Member, request.BodyBytes, request.Number, []);
    }
}
