using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Chain;

/// <summary>
/// One server of a chain [vanrenesse2004]: the head gives updates their order, each passes them to the next, the tail answers, and what it has is known upwards by acknowledgements. A server applies an update when the tail has it, so that
/// nothing is ever taken back. Who is not in the configuration of a message's epoch is not heard.
/// </summary>
public sealed partial class ChainServer : DurableServer
{
    private const int HeartbeatTimer = 0;
    private const int RetryTimer = 1;

    private readonly ChainOptions _options;
    private readonly int _self;
    private readonly ReplicatedMachine _machine;
    private readonly List<byte[]> _received = [];
    private readonly Queue<(int Record, long Last)> _writing = new();
    private long _incarnation;

    public ChainServer(ChainOptions options, int self)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)self, (uint)options.Servers);
        (_options, _self) = (options, self);
        _machine = new ReplicatedMachine(options.Machine());
    }

    /// <summary>The last that the registrar said; null before it spoke.</summary>
    public ChainConfiguration? Configuration { get; private set; }

    /// <summary>Updates that it has received, and applied.</summary>
    public long Last { get; private set; }

    public long Applied { get; private set; }

    public IStateMachine Machine => _machine.Machine;

    private bool IsHead => Configuration is { } chain && chain.Head == _self;

    private bool IsTail => Configuration is { } chain && chain.Tail == _self;

    private protected override void Start(ref Turn turn) => Begin(ref turn);

    private protected override RecordRecovery NewRecovery() => new ChainRecovery();

    private protected override void Recovered(RecordRecovery records, ref Turn turn)
    {
        var found = (ChainRecovery)records;
        if (found.State.Length > 0 && !_machine.TryLoad(found.State))
        {
            Refuse($"the state after update {found.StateSequence} has no form", turn.Clock.LocalNs);
            return;
        }

        _incarnation = found.Incarnation;
        _first = found.StateSequence + 1;
        _updates.AddRange(found.Updates);
        Last = _durableLast = found.StateSequence + found.Updates.Count;
        (_stateSequence, Applied, _stable) = (found.StateSequence, found.StateSequence, found.Stable);
        Begin(ref turn);
    }

    /// <summary>The incarnation is durable before anybody hears of it.</summary>
    private void Begin(ref Turn turn)
    {
        _incarnation++;
        // What was asked in an earlier life must not be answered in this one.
        _confirmNumber = _confirmedNumber = _versionNumber = _incarnation << 32;
        _options.Witness?.Started(_self, Applied, turn.Clock.LocalNs);
        VarintWriter writer = BeginRecord(Room(NumberedRecord.HeadBytesMax + Varint.LengthMax), ChainRecord.Start);
        writer.Number(_incarnation);
        Persist(writer, ref turn);
        Apply(ref turn);
        Beat(ref turn);
        turn.SetTimer(RetryTimer, _options.RetryNs);
    }

    private protected override void OnTimer(int timer, ref Turn turn)
    {
        if (timer == HeartbeatTimer)
        {
            Beat(ref turn);
        }
        else
        {
            RetryAll(ref turn);
        }
    }

    private protected override void OnMessage(in ProcessInput input, ref Turn turn)
    {
        if (ClientMessage.IsOne(input.Head))
        {
            OnClient(input, ref turn);
            return;
        }

        bool isPeer = (uint)input.Peer < (uint)_options.Servers && input.Peer != _self;
        bool isRegistrar = input.Peer == _options.Servers;
        if ((!isPeer && !isRegistrar) || !ChainWire.TryRead(input.Head, _options.Servers, _received, out ChainMessage message, out ChainConfiguration? configuration))
        {
            MalformedCount++;
            return;
        }

        switch (message.Verb)
        {
            case ChainVerb.Configuration when isRegistrar:
                OnConfiguration(message, configuration!, ref turn);
                break;
            case ChainVerb.Lease when isRegistrar:
                OnLease(message, ref turn);
                break;
            case ChainVerb.Confirmed when isRegistrar:
                OnConfirmed(message, ref turn);
                break;
            case ChainVerb.Update when isPeer:
                OnUpdate(input.Peer, message, ref turn);
                break;
            case ChainVerb.Acknowledgement when isPeer:
                OnAcknowledgement(input.Peer, message, ref turn);
                break;
            case ChainVerb.Behind when isPeer:
                OnBehind(input.Peer, message, ref turn);
                break;
            case ChainVerb.Copy when isPeer:
                OnCopy(input.Peer, message, ref turn);
                break;
            case ChainVerb.Command when isPeer:
                TakeCommand(message.Client, message.Number, _received[0], ref turn);
                break;
            case ChainVerb.Question when isPeer:
                TakeQuestion(message.Client, message.Number, _received[0], ref turn);
                break;
            case ChainVerb.Version when isPeer:
                OnVersion(input.Peer, message, ref turn);
                break;
            case ChainVerb.VersionAnswer when isPeer:
                OnVersionAnswer(input.Peer, message, ref turn);
                break;
            default:
                MalformedCount++;
                break;
        }
    }

    private protected override void Refuse(string problem, long nowNs)
    {
        base.Refuse(problem, nowNs);
        _options.Witness?.Refused(_self, problem, nowNs);
    }

    private static void Send(int peer, in ChainMessage message, ref Turn turn) => turn.Send(peer, ChainWire.Compose(message, ref turn));

    private void Send(int peer, in ChainMessage message, ReadOnlySpan<byte> bytes, ref Turn turn)
    {
        VarintWriter writer = ChainWire.Write(Room(ChainWire.HeadBytesMax + bytes.Length), message);
        writer.Bytes(bytes);
        turn.Send(peer, turn.Compose(writer.Written));
    }
}
