using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Paxos;

/// <summary>
/// One server of a group that runs Multi-Paxos [lamport1998], [lamport2001] with flexible quorums [howard2016]: proposer, acceptor and learner in one. A leader asks for promises once, for all slots from one on, and then
/// lets each command take a slot; q1 servers promise, q2 accept. Promises and accepted values are durable before they are spoken of; a leader's own values leave it at once, while it writes them itself.
/// </summary>
public sealed partial class PaxosServer : DurableServer
{
    private const int ElectionTimer = 0;
    private const int HeartbeatTimer = 1;
    private const int AskTimer = 2;

    private readonly PaxosOptions _options;
    private readonly int _self;
    private readonly ReplicatedMachine _machine;
    private readonly List<PaxosEntry> _received = [];
    private readonly List<PaxosEntry> _page = [];
    private PaxosLog _log = new();
    private int _durable;

    public PaxosServer(PaxosOptions options, int self)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)self, (uint)options.Servers);
        (_options, _self) = (options, self);
        _machine = new ReplicatedMachine(options.Machine());
        _heardNs = new long[options.Servers];
        _answeredRounds = new long[options.Servers];
    }

    public PaxosRole Role { get; private set; }

    /// <summary>The largest ballot that it has promised.</summary>
    public Ballot Promised { get; private set; }

    /// <summary>All slots up to this one it knows to be chosen.</summary>
    public long Committed => _log.Committed;

    public IStateMachine Machine => _machine.Machine;

    private protected override void Start(ref Turn turn)
    {
        Begin(ref turn);
        StandFirst(ref turn);
    }

    private protected override RecordRecovery NewRecovery() => new PaxosRecovery();

    private protected override void Recovered(RecordRecovery records, ref Turn turn)
    {
        var found = (PaxosRecovery)records;
        _durable = Appended;
        (_log, Promised, _snapshotSlot, _snapshot) = (found.Log, found.Promised, found.SnapshotSlot, found.Snapshot);
        if (_snapshotSlot > 0 && !_machine.TryLoad(_snapshot))
        {
            Refuse($"the snapshot at slot {_snapshotSlot} has no form", turn.Clock.LocalNs);
            return;
        }

        Begin(ref turn);
    }

    private void Begin(ref Turn turn)
    {
        _applied = _snapshotSlot;
        // A lease may rest on what it said before it stopped: for an election time it promises nobody.
        _leaderHeardNs = turn.Clock.LocalNs;
        _options.Witness?.Started(_self, _applied, turn.Clock.LocalNs);
        Rest(ref turn);
        Apply(ref turn);
    }

    private protected override void OnTimer(int timer, ref Turn turn)
    {
        switch (timer)
        {
            case ElectionTimer:
                OnElectionTimer(ref turn);
                break;
            case HeartbeatTimer:
                OnHeartbeatTimer(ref turn);
                break;
            default:
                OnAskTimer(ref turn);
                break;
        }
    }

    private protected override void OnDurable(int records, ref Turn turn) => _durable = records;

    private protected override void OnMessage(in ProcessInput input, ref Turn turn)
    {
        if (ClientMessage.IsOne(input.Head))
        {
            OnClient(input, ref turn);
            return;
        }

        bool isPeer = (uint)input.Peer < (uint)_options.Servers && input.Peer != _self;
        if (!isPeer || !PaxosWire.TryRead(input.Head, _received, out PaxosMessage message))
        {
            MalformedCount++;
            return;
        }

        switch (message.Verb)
        {
            case PaxosVerb.Probe:
                OnProbe(input.Peer, message, ref turn);
                break;
            case PaxosVerb.ProbeAnswer:
                OnProbeAnswer(input.Peer, message, ref turn);
                break;
            case PaxosVerb.Prepare when message.Ballot.Proposer == input.Peer:
                OnPrepare(input.Peer, message, ref turn);
                break;
            case PaxosVerb.Promise:
                OnPromise(input.Peer, message, ref turn);
                break;
            case PaxosVerb.Accept when message.Ballot.Proposer == input.Peer:
                OnAccept(input.Peer, message, ref turn);
                break;
            case PaxosVerb.Accepted:
                OnAccepted(input.Peer, message, turn.Clock.LocalNs);
                break;
            case PaxosVerb.Refused:
                OnRefused(message, ref turn);
                break;
            case PaxosVerb.Heartbeat when message.Ballot.Proposer == input.Peer:
                OnHeartbeat(input.Peer, message, ref turn);
                break;
            case PaxosVerb.HeartbeatAnswer:
                OnHeartbeatAnswer(input.Peer, message, ref turn);
                break;
            case PaxosVerb.Ask:
                OnAsk(input.Peer, message, ref turn);
                break;
            case PaxosVerb.Chosen:
                OnChosen(input.Peer, message, ref turn);
                break;
            case PaxosVerb.Snapshot:
                OnSnapshot(input.Peer, message, ref turn);
                break;
            default:
                MalformedCount++;
                break;
        }
    }

    /// <summary>What may follow from whatever came in: a leadership, values chosen, applied and answered, more values proposed.</summary>
    private protected override void AfterInput(ref Turn turn)
    {
        while (_ownAccepts.TryPeek(out (int Record, Ballot Ballot, long Slot, int Count) own) && own.Record <= _durable)
        {
            _ownAccepts.Dequeue();
            Count(_self, own.Ballot, own.Slot, own.Count);
        }

        if (Role == PaxosRole.Preparing)
        {
            TryLead(ref turn);
        }

        if (_log.Advance() || _applied < _log.Committed)
        {
            Apply(ref turn);
        }

        if (Role == PaxosRole.Leading && Problem is null)
        {
            ProposePending(ref turn);
            AnswerReads(ref turn);
        }
    }

    private protected override void Refuse(string problem, long nowNs)
    {
        base.Refuse(problem, nowNs);
        Role = PaxosRole.Follower;
        _options.Witness?.Refused(_self, problem, nowNs);
    }

    private static void Send(int peer, in PaxosMessage message, ref Turn turn, bool isUrgent = false) => turn.Send(peer, PaxosWire.Compose(message, ref turn), isUrgent);

    private void SendToAll(in PaxosMessage message, ref Turn turn, bool isUrgent = false) => SendToAll(PaxosWire.Compose(message, ref turn), ref turn, isUrgent);

    private void SendToAll(int message, ref Turn turn, bool isUrgent)
    {
        for (int server = 0; server < _options.Servers; server++)
        {
            if (server != _self)
            {
                turn.Send(server, message, isUrgent);
            }
        }
    }

    /// <summary>A message with the values of <see cref="_page"/>.</summary>
    private int ComposePage(in PaxosMessage message, ref Turn turn)
    {
        VarintWriter writer = PaxosWire.Write(PageRoom(PaxosWire.HeadBytesMax), message);
        PaxosWire.WriteEntries(ref writer, _page, message.Verb == PaxosVerb.Promise);
        return turn.Compose(writer.Written);
    }

    private void Persist(byte kind, Ballot ballot, long slot, ref Turn turn, ReadOnlySpan<byte> state = default)
    {
        VarintWriter writer = BeginRecord(PageRoom(PaxosRecord.HeadBytesMax + state.Length), kind);
        PaxosRecord.Write(ref writer, kind, ballot, Committed, slot, _page);
        writer.Bytes(state);
        Persist(writer, ref turn);
    }

    /// <summary>Room for a head of so many bytes and the page's values.</summary>
    private Span<byte> PageRoom(int headBytes)
    {
        int length = headBytes;
        foreach (PaxosEntry entry in _page)
        {
            length += PaxosWire.EntryHeadBytesMax + (entry.Value?.Length ?? 0);
        }

        return Room(length);
    }

    /// <summary>Puts values from a slot on into the page, up to a slot or a message's size.</summary>
    /// <returns>The slot behind the last that is in it.</returns>
    private long Gather(long from, long to)
    {
        _page.Clear();
        int bytes = 0;
        long slot = from;
        for (; slot <= to && _page.Count < PaxosWire.EntriesMax; slot++)
        {
            ref readonly PaxosSlot held = ref _log[slot];
            bytes += held.Value?.Length ?? 0;
            if (_page.Count > 0 && bytes > _options.MessageBytesMax)
            {
                break;
            }

            _page.Add(new PaxosEntry(_log.IsChosen(slot) ? default : held.Ballot, held.Value));
        }

        return slot;
    }
}
