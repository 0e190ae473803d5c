using System.Numerics;
using Headroom.Consensus.Groups;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Quorum;

/// <summary>
/// A client that reads and writes registers [attiya1995], any number of them writing [lynch1997]. A write asks a read quorum for its tags and stores its value under a larger one at a write quorum; a read asks a
/// read quorum, and stores the newest value found at a write quorum before it gives it: a later read must not find less. Servers that have not answered are asked again until enough have. A client that crashes does
/// not come back: it would number writes that it has forgotten a second time.
/// </summary>
public sealed class RegisterClient : IGroupClient
{
    private const int NextTimer = 0;
    private const int RetryTimer = 1;

    private readonly RegisterOptions _options;
    private readonly RegisterClientOptions _working;
    private readonly int _self;
    private readonly List<RegisterCall> _calls = [];
    private RegisterMessage _asked;
    private ulong _answered;
    private long _phase;
    private bool _isWaiting;
    private RegisterTag _newest;
    private long _content;
    private int _holders;
    private long _written;
    private long _dueNs;
    private readonly byte[] _outgoing;

    public RegisterClient(RegisterOptions options, RegisterClientOptions working, int self)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(working);
        options.Validate();
        working.Validate();
        (_options, _working, _self) = (options, working, self);
        _outgoing = new byte[RegisterMessage.RoomFor(options.ValueBytes)];
    }

    /// <summary>In the order in which they were made; at most the last is pending.</summary>
    public IReadOnlyList<RegisterCall> Calls => _calls;

    public int CallCount => _calls.Count;

    public GroupCall Call(int index) => new(!_calls[index].IsWrite, _calls[index].DueNs, _calls[index].CallNs, _calls[index].ReturnNs);

    public bool IsDone => _calls.Count == _working.Operations && !_isWaiting;

    /// <summary>Requests that were sent again because no answer had come.</summary>
    public long Repeats { get; private set; }

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                Rest(_working.StartNs, ref turn);
                break;
            case InputKind.Timer when input.Number == NextTimer:
                Begin(ref turn);
                break;
            case InputKind.Timer when _isWaiting:
                Repeats += _options.Servers - BitOperations.PopCount(_answered);
                Ask(ref turn);
                break;
            case InputKind.Message:
                OnAnswer(input, ref turn);
                break;
            default:
                break;
        }
    }

    private void Rest(long leastNs, ref Turn turn)
    {
        if (_calls.Count >= _working.Operations)
        {
            return;
        }

        long nowNs = turn.Clock.LocalNs;
        if (_working.PeriodNs > 0)
        {
            int warmUps = _working.WarmUps;
            _dueNs = _calls.Count < warmUps ? nowNs + leastNs : _working.LoadNs + ((_calls.Count - warmUps) * _working.PeriodNs) + (long)turn.Random.Below((ulong)_working.PeriodNs);
            turn.SetTimer(NextTimer, Math.Max(0, _dueNs - nowNs));
        }
        else
        {
            _dueNs = long.MaxValue;
            turn.SetTimer(NextTimer, leastNs + (long)turn.Random.Below((ulong)(2 * _working.PauseNs) + 1));
        }
    }

    private void Begin(ref Turn turn)
    {
        bool isWarmUp = _calls.Count < _working.WarmUps;
        int register = isWarmUp ? _calls.Count % _options.Registers : turn.Random.Below(_options.Registers);
        bool isWrite = isWarmUp || turn.Random.Below(100) >= _working.ReadsPercent;
        // Every value is written once: what a read finds says who wrote it.
        long content = isWrite ? ((long)_self * RegisterClientOptions.OperationsMax) + _calls.Count + 1 : 0;
        _calls.Add(new RegisterCall(register, isWrite, content, turn.Clock.LocalNs, RegisterCall.Never, 1) { DueNs = Math.Min(_dueNs, turn.Clock.LocalNs) });
        _isWaiting = true;
        if (isWrite && _options.Mutant == RegisterMutant.WriteWithoutQuery)
        {
            Store(new RegisterTag(++_written, _self), content, ref turn);
            return;
        }

        (_newest, _content, _holders) = (default, 0, 0);
        Ask(new RegisterMessage(RegisterVerb.Query, ++_phase, register), ref turn);
    }

    private void Ask(in RegisterMessage message, ref Turn turn)
    {
        (_asked, _answered) = (message, 0);
        Ask(ref turn);
    }

    private void Ask(ref Turn turn)
    {
        int message = turn.Compose(_outgoing.AsSpan(0, _asked.Write(_outgoing, _options.ValueBytes)));
        for (int server = 0; server < _options.Servers; server++)
        {
            if ((_answered >> server & 1) == 0)
            {
                turn.Send(server, message);
            }
        }

        turn.SetTimer(RetryTimer, _options.RetryNs);
    }

    private void OnAnswer(in ProcessInput input, ref Turn turn)
    {
        if (!_isWaiting || input.Peer >= _options.Servers || !RegisterMessage.TryRead(input.Head, _options.Registers, _options.ValueBytes, out RegisterMessage answer)
            || answer.Phase != _phase || answer.Verb != _asked.Verb + 1 || (_answered >> input.Peer & 1) != 0)
        {
            return;
        }

        _answered |= 1UL << input.Peer;
        if (answer.Verb == RegisterVerb.StoreAnswer)
        {
            if (BitOperations.PopCount(_answered) == _options.Writing)
            {
                Finish(ref turn);
            }

            return;
        }

        int order = answer.Tag.CompareTo(_newest);
        _holders = order > 0 ? 1 : _holders + (order == 0 ? 1 : 0);
        if (order > 0)
        {
            (_newest, _content) = (answer.Tag, answer.Content);
        }

        if (BitOperations.PopCount(_answered) == _options.Reading)
        {
            Asked(ref turn);
        }
    }

    private void Asked(ref Turn turn)
    {
        RegisterCall call = _calls[^1];
        if (call.IsWrite)
        {
            Store(new RegisterTag(_newest.Number + 1, _self), call.Content, ref turn);
            return;
        }

        _calls[^1] = call with { Content = _content };
        if (_options.Mutant == RegisterMutant.NoWriteBack || (_options.SkipsKnownWriteBack && _holders >= _options.Writing))
        {
            Finish(ref turn);
            return;
        }

        Store(_newest, _content, ref turn);
    }

    private void Store(RegisterTag tag, long content, ref Turn turn)
    {
        _calls[^1] = _calls[^1] with { Phases = 2 };
        Ask(new RegisterMessage(RegisterVerb.Store, ++_phase, _calls[^1].Register, tag, content), ref turn);
    }

    private void Finish(ref Turn turn)
    {
        _calls[^1] = _calls[^1] with { ReturnNs = turn.Clock.LocalNs };
        _isWaiting = false;
        turn.CancelTimer(RetryTimer);
        Rest(0, ref turn);
    }
}
