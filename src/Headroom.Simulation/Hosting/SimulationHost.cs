using System.Runtime.CompilerServices;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Events;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Hosting;

/// <summary>
/// Runs one process a member on simulated time. The state of a million members is a few arrays. A run is a function of the options and the
/// processes: same seed, same bytes.
/// </summary>
public sealed partial class SimulationHost<TProcess, TObserver>
    where TProcess : struct, IProcess
    where TObserver : struct, IObserver
{
    private const int EventsPerLook = 1 << 16;

    private readonly SimulationOptions _options;
    private readonly Func<int, TProcess> _create;
    private readonly LadderQueue _queue = new();
    private readonly MessagePool _messages = new();
    private readonly Outbox _outbox;
    private readonly DurableLogs _durable;
    private readonly LinkNetwork _network;
    private readonly TProcess[] _processes;
    private readonly RandomStream[] _random;
    private readonly MemberState[] _states;
    private readonly int[] _timerSettings;
    private readonly List<(int Member, long Number, byte[] Head, int Body)> _requests = [];
    private readonly Cuts _cuts;
    private readonly LocalClock[]? _clocks;
    private TObserver _observer;
    private (long Bytes, long WireBytes, long LineNs) _sized = (-1, 0, 0);
    private long _sequence;
    private long _nextLook;
    private bool _started;

    /// <summary>The step that is drained wrote records on a disk that takes no time, and is to be told that they are durable.</summary>
    private bool _tellsDurable;

    public SimulationHost(SimulationOptions options, Func<int, TProcess> create, TObserver observer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(create);
        options.Validate();
        _options = options;
        _create = create;
        _observer = observer;
        Members = options.Network.Topology.Members;
        _network = new LinkNetwork(options.Network, options.Seed.Named("links"));
        _outbox = new Outbox(_messages) { MemberSeed = options.Seed.Named("members"), WritesAtOnce = options.DurabilityNs == 0 };
        _durable = new DurableLogs(Members, _messages, keeps: options.Faults.Faults.Any(fault => fault.Kind is FaultKind.Restart or FaultKind.HealCore or FaultKind.TornCrash));
        _processes = new TProcess[Members];
        _random = new RandomStream[Members];
        _states = new MemberState[Members];
        _cuts = new Cuts(Members);
        _clocks = Clocks(options);
        _byzantine = Byzantine(options);
        _timerSettings = new int[Members * TProcess.TimerCount];
        for (int member = 0; member < Members; member++)
        {
            _processes[member] = create(member);
        }

        for (int i = 0; i < options.Faults.Faults.Count; i++)
        {
            Schedule(options.Faults.Faults[i].TimeNs, EventKind.Fault, i, 0);
        }
    }

    public int Members { get; }

    public long NowNs { get; private set; }

    public long EventCount { get; private set; }

    /// <summary>True when the run was cut off by <see cref="SimulationOptions.EventsMax"/>.</summary>
    public bool WasCutOff { get; private set; }

    public BodyTable Bodies { get; } = new();

    public ref TObserver Observer => ref _observer;

    /// <summary>A member's state, to look at between runs.</summary>
    public ref readonly TProcess Process(int member) => ref _processes[member];

    /// <summary>True of a member that has crashed, has left or is not there yet.</summary>
    public bool IsDown(int member) => (_states[member] & MemberState.Down) != 0;

    /// <summary>A client asks a member at a time; a member that is down then never hears of it.</summary>
    public void Request(long timeNs, int member, long number, ReadOnlySpan<byte> head = default, int body = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)member, (uint)Members);
        _requests.Add((member, number, head.ToArray(), body));
        Schedule(timeNs, EventKind.Request, member, _requests.Count - 1);
    }

    /// <summary>Runs until nothing is left to happen, or to the end of the given nanosecond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long untilNs = long.MaxValue)
    {
        if (!_started)
        {
            StartMembers();
        }

        long refills = 0;
        while (_queue.TryDequeue(untilNs, out SimulationEvent item))
        {
            if (EventCount >= _nextLook && !MayGoOn())
            {
                return;
            }

            EventCount++;
            if (_queue.Refills != refills)
            {
                refills = _queue.Refills;
                Foresee(_queue.Soon);
            }

            NowNs = item.TimeNs;
            switch ((EventKind)item.Kind)
            {
                case EventKind.Arrival:
                    Arrive(item.Target, item.Argument);
                    break;
                case EventKind.TakenIn:
                    TakeIn(item.Target, item.Argument);
                    break;
                case EventKind.Timer:
                    Fire(item.Target, item.Argument);
                    break;
                default:
                    RunRareEvent(item);
                    break;
            }
        }
    }

    /// <summary>A look at the outside world every few thousand events; false at the most events there may be.</summary>
    private bool MayGoOn()
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        WasCutOff = EventCount >= _options.EventsMax;
        _nextLook = Math.Min(_options.EventsMax, EventCount + EventsPerLook);
        return !WasCutOff;
    }

    private void Arrive(int to, int message)
    {
        if ((_states[to] & MemberState.Down) != 0)
        {
            Drop(to, message);
            return;
        }

        ref MessagePool.Record record = ref _messages[message];
        long doneNs = _network.ReceiveFor(record.LineNs, record.From, to, NowNs);
        if (doneNs == NowNs)
        {
            TakeIn(to, message);
        }
        else
        {
            Schedule(doneNs, EventKind.TakenIn, to, message);
        }
    }

    private void TakeIn(int to, int message)
    {
        if (_states[to] != MemberState.Up)
        {
            Postpone(to, EventKind.TakenIn, message);
            return;
        }

        HandleMessage(to, message);
    }

    private void HandleMessage(int to, int message)
    {
        ref MessagePool.Record record = ref _messages[message];
        _observer.Received(record.From, to, record.Body, record.Tag, record.WireBytes, NowNs);
        // The head is read before anything is composed: the step copies what it keeps.
        Step(to, new ProcessInput { Kind = InputKind.Message, Peer = record.From, Head = _messages.Head(ref record), Body = record.Body });
        _messages.Release(message);
    }

    private void Fire(int member, int argument)
    {
        int timer = argument & 0xFF;
        ref int setting = ref _timerSettings[(member * TProcess.TimerCount) + timer];
        if ((setting & 0x7FFFFF) != argument >> 8)
        {
            return;
        }

        if (_states[member] != MemberState.Up)
        {
            Postpone(member, EventKind.Timer, argument);
            return;
        }

        setting++;
        Step(member, new ProcessInput { Kind = InputKind.Timer, Number = timer });
    }

    private void Step(int member, in ProcessInput input)
    {
        var clock = new ClockReading(_clocks is null ? NowNs : _clocks[member].Read(NowNs), _options.ClockUncertaintyNs);
        var turn = new Turn(member, clock, ref _random[member], _outbox);
        _processes[member].On(input, ref turn);
        if (!_outbox.IsEmpty)
        {
            Drain(member);
            _outbox.Clear();
            if (_tellsDurable)
            {
                _tellsDurable = false;
                Step(member, new ProcessInput { Kind = InputKind.Durable, Number = _durable.MakeAllDurable(member) });
            }
        }
    }

    private void Drain(int member)
    {
        bool isPlain = _byzantine is null && !_durable.MustWait(member);
        foreach (ref readonly Output output in _outbox.Outputs)
        {
            if (isPlain && output.Kind == OutputKind.Send)
            {
                Transmit(member, output.Target, output.Handle);
            }
            else
            {
                Drain(member, output);
                isPlain = _byzantine is null && !_durable.MustWait(member);
            }
        }
    }

    private void Drain(int member, in Output output)
    {
        switch (output.Kind)
        {
            case OutputKind.SetTimer:
                ref int setting = ref _timerSettings[(member * TProcess.TimerCount) + output.Target];
                setting++;
                long delayNs = _clocks is null ? output.Number : _clocks[member].TrueDelayNs(NowNs, output.Number);
                Schedule(NowNs + delayNs, EventKind.Timer, member, ((setting & 0x7FFFFF) << 8) | output.Target);
                break;
            case OutputKind.CancelTimer:
                _timerSettings[(member * TProcess.TimerCount) + output.Target]++;
                break;
            case OutputKind.Persist:
                int serial = _durable.Append(member, _messages.Head(output.Handle), anew: output.Target == 1);
                if (_outbox.WritesAtOnce)
                {
                    _ = _durable.MakeAllDurable(member);
                    _tellsDurable |= output.Number == 0;
                    break;
                }

                Schedule(NowNs + _options.DurabilityNs, EventKind.Durable, member, serial);
                break;
            default:
                if (!output.Urgent && _durable.MustWait(member))
                {
                    _durable.Hold(member, output);
                }
                else
                {
                    Emit(member, output);
                }

                break;
        }
    }

    private void Emit(int member, in Output output)
    {
        switch (output.Kind)
        {
            case OutputKind.Send or OutputKind.Pack when _byzantine is not null && _byzantine[member] is not null:
                Falsify(member, output.Target, output.Handle);
                break;
            case OutputKind.Send:
                Transmit(member, output.Target, output.Handle);
                break;
            case OutputKind.Pack:
                TransmitPacked(member, output.Target, output.Handle, output.Number == 1);
                break;
            case OutputKind.Deliver:
                _observer.Delivered(member, output.Handle, NowNs);
                break;
            default:
                _observer.Replied(member, output.Number, _messages.Head(output.Handle), _messages.Body(output.Handle), NowNs);
                break;
        }
    }

    private void Transmit(int from, int to, int message)
    {
        ref MessagePool.Record record = ref _messages[message];
        if (record.Tag < 0)
        {
            Prepare(from, ref record);
        }

        Depart(from, to, message, ref record, _network.SendFor(record.LineNs, from, to, NowNs));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Depart(int from, int to, int message, ref MessagePool.Record record, long arrivalNs)
    {
        DropCause drop = LinkNetwork.CauseOf(arrivalNs);
        if (_cuts.Any && drop == DropCause.None && _cuts.Stops(from, to))
        {
            drop = DropCause.Cut;
        }

        _observer.Sent(from, to, record.Body, record.Tag, record.WireBytes, drop, NowNs);
        if (drop != DropCause.None)
        {
            return;
        }

        record.Holders++;
        Schedule(arrivalNs, EventKind.Arrival, to, message);
        if (_network.MayDuplicate && _network.DuplicateNs != LinkNetwork.NoTime)
        {
            record.Holders++;
            Schedule(_network.DuplicateNs, EventKind.Arrival, to, message);
        }
    }

    /// <summary>What all copies of a message share, when the first is sent.</summary>
    private void Prepare(int from, ref MessagePool.Record record)
    {
        long bodyBytes = Bodies.LengthOf(record.Body);
        long bytes = WireFrame.Length(record.HeadLength, bodyBytes);
        if (bytes != _sized.Bytes)
        {
            // Most messages are as long as the one before, and lengths take divisions.
            long wireBytes = _options.Network.Packets.WireBytes(bytes);
            _sized = (bytes, wireBytes, _options.Network.SerialisationNs(wireBytes));
        }

        record.WireBytes = _sized.WireBytes;
        record.LineNs = _sized.LineNs;
        record.Tag = _observer.Composed(from, _messages.Head(ref record), record.Body, (int)bodyBytes);
    }

    private void Schedule(long timeNs, EventKind kind, int target, int argument) =>
        _queue.Enqueue(new SimulationEvent(timeNs, _sequence++, (byte)kind, target, argument));
}
