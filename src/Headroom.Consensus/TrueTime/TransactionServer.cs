using Headroom.Consensus.Groups;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>
/// A replica: a member of its group's Raft log, whose state machine is <see cref="TransactionMachine"/>. While it leads, and once its own promise is in the log (so that it has applied all that
/// leaders before it wrote), a <see cref="TransactionLeader"/> works on top of it; otherwise it says who leads.
/// </summary>
internal sealed class TransactionServer : IGroupRole
{
    public const int WaitTimer = RaftServer.TimerCount;
    private const int SweepTimer = WaitTimer + 1;
    private const int PromiseTimer = SweepTimer + 1;

    private readonly TrueTimeOptions _options;
    private readonly int _self;
    private readonly CommitMeter _meter;
    private readonly TransactionMachine _machine;
    private TransactionLeader? _leader;
    private long _begunTerm;

    public TransactionServer(TrueTimeOptions options, RaftGroup group, int self, CommitMeter meter)
    {
        (_options, _self, _meter) = (options, self, meter);
        Raft = new RaftServer(group, self);
        _machine = (TransactionMachine)Raft.Machine;
    }

    public RaftServer Raft { get; }

    /// <summary>Null where this member does not lead, or not yet.</summary>
    public TransactionLeader? Leader => _leader;

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (input.Kind == InputKind.Message && TransactionMessage.IsOne(input.Head))
        {
            OnMessage(input, ref turn);
        }
        else if (input.Kind == InputKind.Timer && input.Number >= WaitTimer)
        {
            OnTimer((int)input.Number, ref turn);
        }
        else if (input.Kind != InputKind.Message || (input.Peer < _options.Servers && input.Peer / _options.Replicas == _self / _options.Replicas))
        {
            Raft.On(input, ref turn);
        }

        Settle(ref turn);
    }

    private void OnTimer(int timer, ref Turn turn)
    {
        if (_leader is null)
        {
            return;
        }

        if (timer == WaitTimer)
        {
            _leader.EndWaits(ref turn);
        }
        else if (timer == PromiseTimer)
        {
            turn.SetTimer(PromiseTimer, _options.PromiseNs / 2);
            _leader.Promise(0, ref turn);
        }
        else
        {
            turn.SetTimer(SweepTimer, _options.RepeatNs / 2);
            _leader.Sweep(ref turn);
        }
    }

    /// <summary>Takes in what the log has brought: who leads, and what counts now.</summary>
    private void Settle(ref Turn turn)
    {
        do
        {
            long term = Raft.Core is { Role: Role.Leader } core ? core.Term : 0;
            if (_leader is not null && (_leader.Term != term || _leader.IsDeposed))
            {
                _leader = null;
            }

            if (term > 0 && term != _begunTerm)
            {
                Begin(term, ref turn);
            }

            if (_machine.News.TryDequeue(out CommitRecord? record))
            {
                Take(record, term, ref turn);
            }
        }
        while (_machine.News.Count > 0);
    }

    private void Begin(long term, ref Turn turn)
    {
        _begunTerm = term;
        ClockInterval now = _options.Clocks.Now(_self, _options.Members, turn.Clock);
        var promise = CommitRecord.Promise(term, _self, Math.Max(0, now.LatestNs) + _options.PromiseNs);
        Span<byte> room = stackalloc byte[promise.LengthMax(0)];
        _ = Raft.TryPropose(room[..promise.Write(room, 0)], ref turn);
        if (_options.Mutant == CommitMutant.LeadUnready)
        {
            Lead(ref turn);
        }
    }

    private void Take(CommitRecord record, long term, ref Turn turn)
    {
        if (_leader is not null)
        {
            _leader.Applied(record, ref turn);
        }
        else if (term > 0 && record.Kind == CommitRecordKind.Promise && record.Number == term)
        {
            Lead(ref turn);
        }
    }

    private void Lead(ref Turn turn)
    {
        _leader = new TransactionLeader(_options, _self, _meter, Raft, ref turn);
        turn.SetTimer(SweepTimer, _options.RepeatNs / 2);
        turn.SetTimer(PromiseTimer, _options.PromiseNs / 2);
    }

    private void OnMessage(in ProcessInput input, ref Turn turn)
    {
        var reader = new VarintReader(input.Head);
        var verb = (TransactionVerb)reader.Byte();
        long number = reader.Number();
        if (!reader.IsGood || number == 0)
        {
            return;
        }

        bool isServer = input.Peer < _options.Servers;
        bool isAsked = verb is TransactionVerb.Read or TransactionVerb.Prepare or TransactionVerb.Commit || (verb == TransactionVerb.Prepared && isServer);
        if (_leader is null)
        {
            // A leader that is not ready yet says nothing: it will be asked again.
            if (isAsked && Raft.Core is not { Role: Role.Leader })
            {
                TransactionMessage.Send(ref turn, input.Peer, TransactionVerb.Elsewhere, number, Raft.LeadMember + 1);
            }

            return;
        }

        switch (verb)
        {
            case TransactionVerb.Read when !isServer:
                _leader.OnRead(input.Peer, number, ref reader, ref turn);
                break;
            case TransactionVerb.Prepare or TransactionVerb.Commit when !isServer:
                _leader.OnRequest(verb, input.Peer, number, ref reader, ref turn);
                break;
            case TransactionVerb.Prepared or TransactionVerb.Refused when isServer:
                _leader.OnVote(input.Peer, number, reader.Number(), verb == TransactionVerb.Refused ? -1 : reader.Number(), ref turn);
                break;
            case TransactionVerb.Outcome when isServer:
                _leader.OnOutcome(number, reader.Number(), ref turn);
                break;
            case TransactionVerb.Abandon when !isServer:
                _leader.EndLocks(number, ref turn);
                break;
            case TransactionVerb.Time when input.Peer == _options.Oracle:
                _leader.OnTime(number, reader.Number(), ref turn);
                break;
            case TransactionVerb.Elsewhere when isServer:
                _leader.OnElsewhere(input.Peer, number, (int)Math.Min(reader.Number(), _options.Servers) - 1, ref turn);
                break;
            default:
                break;
        }
    }
}
