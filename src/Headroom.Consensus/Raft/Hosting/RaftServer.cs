using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Raft.Snapshots;
using Headroom.Consensus.Raft.Storage;
using Headroom.Consensus.Replication;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Raft.Hosting;

/// <summary>
/// One member of a group as a process: <see cref="RaftCore"/>, its durable records, its state machine and its clients. What promises something to others (votes, accepted
/// entries) leaves after the records that it rests on are durable; entries leave a leader at once, while it writes them itself [ongaro2014, section 10.2.1].
/// </summary>
public sealed partial class RaftServer : DurableServer
{
    /// <summary>Timers: the tick, and the end of a batch.</summary>
    public const int TimerCount = 2;

    private const int TickTimer = 0;
    private const int BatchTimer = 1;

    private readonly RaftGroup _group;
    private readonly int _self;

    /// <summary>Its number in the group.</summary>
    private readonly int _id;
    private readonly ReplicatedMachine _machine;
    private readonly HeldMessages _waiting = new();
    private RaftCore? _core;
    private RaftSnapshot _snapshot;
    private RaftEntry[] _read = [];
    private byte[] _incoming = new byte[256];
    private int _durable;
    private bool _isBatching;

    /// <summary>The last entry that the machine has taken.</summary>
    private long _machineIndex;
    private long _committed;

    public RaftServer(RaftGroup group, int self)
    {
        ArgumentNullException.ThrowIfNull(group);
        group.Validate();
        _group = group;
        _self = self;
        _id = self - group.FirstMember + 1;
        _machine = new ReplicatedMachine(group.Machine());
        _snapshot = new RaftSnapshot(0, 0, group.Founding, default);
    }

    /// <summary>Null before the member starts, and when it refused to.</summary>
    public RaftCore? Core => _core;

    /// <summary>What a member has when it starts for the first time; null for nothing but the founding configuration.</summary>
    internal Restored? Initial { get; init; }

    public IStateMachine Machine => _machine.Machine;

    /// <summary>The host's member that leads as far as this one knows; -1 for nobody known.</summary>
    public int LeadMember => _core is { Lead: > 0 } core ? MemberOf(core.Lead) : -1;

    private protected override void Start(ref Turn turn) => Begin(Initial ?? new Restored(default, _snapshot, []) { AfterCrash = false }, ref turn);

    private protected override RecordRecovery NewRecovery() => new Recovery(_snapshot);

    private protected override void Recovered(RecordRecovery records, ref Turn turn)
    {
        Restored restored = ((Recovery)records).Finish();
        _durable = Appended;
        _snapshot = restored.Snapshot!;
        if (!TryLoad(_snapshot))
        {
            Refuse($"the snapshot at index {_snapshot.Index} has no form", turn.Clock.LocalNs);
            return;
        }

        Begin(restored, ref turn);
    }

    private protected override void AfterInput(ref Turn turn)
    {
        if (_core!.HasReady)
        {
            Drain(ref turn);
        }
    }

    /// <summary>Puts an entry of the server's own, which belongs to no client's session, into the log; false where this member does not lead.</summary>
    internal bool TryPropose(scoped ReadOnlySpan<byte> command, ref Turn turn)
    {
        if (_core is null)
        {
            return false;
        }

        bool isTaken = Propose(ReplicatedMachine.Entry(Room(ReplicatedMachine.EntryLengthMax(command)), 0, 0, command), ref turn) == StepResult.Done;
        if (_core.HasReady)
        {
            Drain(ref turn);
        }

        return isTaken;
    }

    private int MemberOf(int id) => id - 1 + _group.FirstMember;

    private void Begin(Restored restored, ref Turn turn)
    {
        // Also the first time: a member that starts anew may have been there before, and a lease may rest on what it said.
        _core = new RaftCore(_group.Options, _id, new Seed(turn.Random.NextUInt64()), restored) { TickNs = _group.TickNs, LatestSnapshot = SnapshotToSend };
        _committed = _machineIndex = _core.FirstIndex - 1;
        _group.Witness?.Started(_id, _core, turn.Clock.LocalNs);
        turn.SetTimer(TickTimer, 1 + (long)turn.Random.Below((ulong)_group.TickNs));
    }

    private protected override void OnTimer(int timer, ref Turn turn)
    {
        RaftCore core = _core!;
        core.NowNs = turn.Clock.LocalNs;
        if (timer == TickTimer)
        {
            turn.SetTimer(TickTimer, _group.TickNs);
            core.Tick();
            if (_transfers.Count > 0)
            {
                TickTransfers(ref turn);
            }

            if (_early.Count > 0)
            {
                RefuseOverdue(turn.Clock.LocalNs);
            }

            if (_group.FirstLeader == _self && core.Term == 0)
            {
                core.Campaign();
            }
        }
        else if (timer == BatchTimer)
        {
            _isBatching = false;
            if (core.Role == Role.Leader)
            {
                core.SendProposals();
            }
        }
    }

    private protected override void OnMessage(in ProcessInput input, ref Turn turn)
    {
        _core!.NowNs = turn.Clock.LocalNs;
        if (ClientMessage.IsOne(input.Head))
        {
            OnClient(input, ref turn);
            return;
        }

        if (SnapshotPart.IsOne(input.Head))
        {
            OnSnapshotPart(input, ref turn);
            return;
        }

        if (_incoming.Length < input.Head.Length)
        {
            _incoming = new byte[2 * input.Head.Length];
        }

        input.Head.CopyTo(_incoming);
        if (!RaftWire.TryRead(_incoming.AsMemory(0, input.Head.Length), ref _read, out RaftMessage message))
        {
            MalformedCount++;
            return;
        }

        (message.From, message.To) = (input.Peer - _group.FirstMember + 1, _id);
        if (IsEarly(message))
        {
            _ = _early.TryHold(message, input.Head, turn.Clock.LocalNs);
            return;
        }

        Step(message, turn.Clock.LocalNs);
        if (_early.Count > 0)
        {
            TakeEarly(turn.Clock.LocalNs);
        }
    }

    private protected override void OnDurable(int records, ref Turn turn)
    {
        _durable = records;
        while (_waiting.Count > 0 && _waiting.FirstRecord <= _durable)
        {
            _ = _core!.Step(_waiting.Dequeue(_id));
        }
    }

    private protected override void Refuse(string problem, long nowNs)
    {
        base.Refuse(problem, nowNs);
        _core = null;
        _group.Witness?.Refused(_id, problem, nowNs);
    }
}
