using Headroom.Consensus.Groups;
using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.InSync;

/// <summary>
/// The controller: who leads and who is in sync, as versions that follow one another. It is reliable by assumption: one process that never fails and forgets nothing, behind the same network as
/// the replicas. (Kafka's are several servers, on Raft; what they answer is the same.)
/// </summary>
public sealed class PartitionRegistrar : IGroupRole
{
    private const int SessionTimer = 0;

    private readonly InSyncOptions _options;
    private readonly InSyncWitness? _witness;
    private readonly long[] _incarnations = new long[InSyncOptions.ReplicasMax];
    private readonly long[] _readIncarnations = new long[InSyncOptions.ReplicasMax];
    private readonly long[] _heardNs;
    private readonly bool[] _isFenced;
    private readonly List<RecordBatch> _batches = [];
    private long _proposal;
    private bool _wasRefused;

    public PartitionRegistrar(InSyncOptions options, InSyncWitness? witness = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _witness = witness;
        _heardNs = new long[options.Replicas];
        _isFenced = new bool[options.Replicas];
        State = new PartitionState(1, 0, 1, uint.MaxValue >> (32 - options.Replicas));
    }

    public PartitionState State { get; private set; }

    /// <summary>Elections of a replica that was not in sync.</summary>
    public int UncleanElections { get; private set; }

    /// <summary>Bytes that cannot be a message to it, in all.</summary>
    public long MalformedCount { get; private set; }

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                _witness?.Decided(State, false, turn.Clock.LocalNs);
                Array.Fill(_heardNs, turn.Clock.LocalNs);
                turn.SetTimer(SessionTimer, SessionLookNs());
                break;
            case InputKind.Timer:
                turn.SetTimer(SessionTimer, SessionLookNs());
                LookForSilence(ref turn);
                break;
            case InputKind.Message:
                OnMessage(input, ref turn);
                break;
            default:
                break;
        }
    }

    private long SessionLookNs() => Math.Max(1, _options.SessionNs / 4);

    private void OnMessage(in ProcessInput input, ref Turn turn)
    {
        if ((uint)input.Peer >= (uint)_options.Replicas || !InSyncWire.TryRead(input.Head.ToArray(), _batches, _readIncarnations, out InSyncMessage message))
        {
            MalformedCount++;
        }
        else if (message.Verb == InSyncVerb.Heartbeat)
        {
            OnHeartbeat(input.Peer, message, ref turn);
        }
        else if (message.Verb == InSyncVerb.Proposal)
        {
            OnProposal(input.Peer, message, ref turn);
        }
        else
        {
            MalformedCount++;
        }
    }

    private void OnHeartbeat(int replica, in InSyncMessage message, ref Turn turn)
    {
        if (message.Incarnation < _incarnations[replica])
        {
            return;
        }

        bool isNew = message.Incarnation > _incarnations[replica];
        if (isNew)
        {
            bool isReturning = _incarnations[replica] > 0;
            _incarnations[replica] = message.Incarnation;
            if (isReturning && _options.Mutant != InSyncMutant.KeepRestarted)
            {
                TakeOut(replica, ref turn);
            }
        }

        _heardNs[replica] = turn.Clock.LocalNs;
        _isFenced[replica] = false;
        if (State.Leader < 0)
        {
            Elect(ref turn);
        }

        if (message.Version < State.Version)
        {
            Tell(replica, ref turn);
        }
    }

    private void LookForSilence(ref Turn turn)
    {
        for (int replica = 0; replica < _options.Replicas; replica++)
        {
            if (!_isFenced[replica] && turn.Clock.LocalNs - _heardNs[replica] > _options.SessionNs)
            {
                TakeOut(replica, ref turn);
            }
        }
    }

    /// <summary>A replica that is silent, or was started again, is in sync no longer, unless it is the last: then it stays the only one that may lead.</summary>
    private void TakeOut(int replica, ref Turn turn)
    {
        _isFenced[replica] = true;
        uint inSync = State.InSync & ~(1U << replica);
        bool leads = State.Leader == replica;
        inSync = inSync == 0 ? State.InSync : inSync;
        if (leads)
        {
            State = State with { InSync = inSync, Leader = -1 };
            if (!TryElect(ref turn))
            {
                Decide(-1, inSync, ref turn);
            }
        }
        else if (inSync != State.InSync)
        {
            Decide(State.Leader, inSync, ref turn);
        }
        else if (State.Leader < 0)
        {
            Elect(ref turn);
        }
    }

    private void Elect(ref Turn turn) => _ = TryElect(ref turn);

    /// <summary>The first live replica in sync, in their order; where there is none and that is allowed, the first live one, which then is the only one in sync.</summary>
    private bool TryElect(ref Turn turn)
    {
        if (_options.Mutant == InSyncMutant.ElectOutsideInSync && FirstLive(~State.InSync) is >= 0 and int outside)
        {
            Decide(outside, 1U << outside, ref turn);
            return true;
        }

        int leader = FirstLive(State.InSync);
        if (leader >= 0)
        {
            Decide(leader, State.InSync, ref turn);
            return true;
        }

        leader = _options.AllowsUnclean ? FirstLive(uint.MaxValue) : -1;
        if (leader < 0)
        {
            return false;
        }

        UncleanElections++;
        Decide(leader, 1U << leader, ref turn, isUnclean: true);
        return true;
    }

    private int FirstLive(uint among)
    {
        for (int replica = 0; replica < _options.Replicas; replica++)
        {
            if ((among >> replica & 1) != 0 && !_isFenced[replica])
            {
                return replica;
            }
        }

        return -1;
    }

    private void Decide(int leader, uint inSync, ref Turn turn, bool isUnclean = false)
    {
        bool isSame = leader == State.Leader && leader >= 0;
        if (!isSame)
        {
            (_proposal, _wasRefused) = (0, false);
        }

        State = new PartitionState(State.Version + 1, leader, State.LeaderEpoch + (isSame ? 0 : 1), inSync);
        _witness?.Decided(State, isUnclean, turn.Clock.LocalNs);
        for (int replica = 0; replica < _options.Replicas; replica++)
        {
            Tell(replica, ref turn);
        }
    }

    /// <summary>
    /// Each proposal of an epoch is decided once, in the order of their numbers: a copy that comes late must not take effect after its leader was told that it was refused. Who is proposed by
    /// an incarnation that is gone, or is not alive, does not come in [kip903].
    /// </summary>
    private void OnProposal(int replica, in InSyncMessage message, ref Turn turn)
    {
        if (replica != State.Leader || message.Incarnation != _incarnations[replica] || message.Epoch != State.LeaderEpoch)
        {
            return;
        }

        if (message.Number > _proposal)
        {
            _proposal = message.Number;
            bool fits = message.Version == State.Version && (message.InSync >> replica & 1) != 0 && message.InSync >> (_options.Replicas - 1) <= 1;
            for (int member = 0; member < _options.Replicas && fits; member++)
            {
                fits = (message.InSync >> member & 1) == 0 || (_readIncarnations[member] == _incarnations[member] && !_isFenced[member]);
            }

            _wasRefused = !fits;
            if (fits)
            {
                Decide(replica, message.InSync, ref turn);
                return;
            }
        }

        if (message.Number == _proposal && _wasRefused)
        {
            turn.Send(replica, InSyncWire.Compose(new InSyncMessage { Verb = InSyncVerb.ProposalRefused, Epoch = message.Epoch, Number = message.Number }, ref turn));
        }
        else
        {
            Tell(replica, ref turn);
        }
    }

    private void Tell(int replica, ref Turn turn)
    {
        turn.Send(replica, InSyncWire.Compose(new InSyncMessage { Verb = InSyncVerb.State, Incarnation = _incarnations[replica], State = State }, ref turn, _incarnations));
    }
}
