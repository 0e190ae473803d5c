using Headroom.Consensus.Groups;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Replication;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.KeyValue;

/// <summary>
/// A client of the replicated store, a process as any other: it sends a request to the server that it takes for the leader, asks another when the answer fails to come or
/// names one, and remembers what it asked and was answered.
/// </summary>
public sealed class KeyValueClient(KeyValueClientOptions options, int self) : IGroupClient
{
    private const int NextTimer = 0;
    private const int RetryTimer = 1;
    private const long HintDelayNs = 2_000_000;

    private readonly List<ClientCall> _calls = [];
    private readonly List<int> _tokens = [];
    private readonly int[] _seen = new int[options.Keys];
    private int _server = options.FirstServer ?? (self % options.Servers);
    private int _redirects;
    private int _timeouts;
    private bool _isWaiting;
    private long _dueNs;

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<ClientCall> Calls => _calls;

    /// <summary>Those of all answers.</summary>
    public IReadOnlyList<int> Tokens => _tokens;

    public int CallCount => _calls.Count;

    public GroupCall Call(int index)
    {
        ClientCall call = _calls[index];
        return new GroupCall(call.Command.Verb == KeyValueVerb.Get, call.DueNs, call.CallNs, call.ReturnNs);
    }

    public bool IsDone => _calls.Count == options.Operations && !_isWaiting;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start when options.Operations > 0:
                BeginLater(ref turn);
                break;
            case InputKind.Timer when input.Number == NextTimer:
                Begin(ref turn);
                break;
            case InputKind.Timer when _isWaiting:
                Retry(ref turn);
                break;
            case InputKind.Message:
                TakeAnswer(input, ref turn);
                break;
            default:
                break;
        }
    }

    private void Begin(ref Turn turn)
    {
        KeyValueCommand command = Draw(ref turn.Random);
        if (turn.Random.Below(100) < options.WanderPercent)
        {
            _server = turn.Random.Below(options.Servers);
        }

        _calls.Add(new ClientCall(command, turn.Clock.LocalNs, ClientCall.Never, false, 0, 0, 0) { DueNs = Math.Min(_dueNs, turn.Clock.LocalNs) });
        (_isWaiting, _redirects, _timeouts) = (true, 0, 0);
        Send(ref turn);
    }

    private KeyValueCommand Draw(ref RandomStream random)
    {
        if (_calls.Count < options.WarmUps)
        {
            return Filled(new KeyValueCommand(KeyValueVerb.Put, _calls.Count % options.Keys, Token()));
        }

        int key = random.Below(options.Keys);
        int kind = random.Below(100);
        if (kind < options.GetsPercent)
        {
            return new KeyValueCommand(KeyValueVerb.Get, key);
        }

        kind -= options.GetsPercent;
        return Filled(kind < options.PutsPercent ? new KeyValueCommand(KeyValueVerb.Put, key, Token())
            : kind < options.PutsPercent + options.AppendsPercent ? new KeyValueCommand(KeyValueVerb.Append, key, Token())
            : new KeyValueCommand(KeyValueVerb.CompareAndSet, key, Token(), _seen[key]));
    }

    /// <summary>Every token is written once: what a get finds says who wrote it.</summary>
    private int Token() => 1 + (((_calls.Count * 64) + (self & 63)) % (KeyValueCommand.TokenMax - 1));

    private KeyValueCommand Filled(in KeyValueCommand command) => command with { Filling = Math.Max(0, options.ValueBytes - Varint.Length(command.Token)) };

    private void Send(ref Turn turn)
    {
        ClientCall call = _calls[^1];
        _calls[^1] = call with { Attempts = call.Attempts + 1 };
        Span<byte> room = call.Command.Filling == 0 ? stackalloc byte[64] : new byte[1 + Varint.LengthMax + call.Command.LengthMax];
        var writer = new VarintWriter(room);
        writer.Byte((byte)(call.Command.Verb == KeyValueVerb.Get ? ClientVerb.Question : ClientVerb.Command));
        writer.Number(_calls.Count);
        int length = writer.Length + call.Command.Write(room[writer.Length..]);
        turn.Send(_server, turn.Compose(room[..length]));
        turn.SetTimer(RetryTimer, options.TimeoutNs);
    }

    private void Retry(ref Turn turn)
    {
        if (_redirects >= 0)
        {
            if (++_timeouts > options.TimeoutsMax)
            {
                Finish(ref turn);
                return;
            }


            _server = (_server + 1 + turn.Random.Below(Math.Max(1, options.Servers - 1))) % options.Servers;
        }

        _redirects = 0;
        Send(ref turn);
    }

    private void TakeAnswer(in ProcessInput input, ref Turn turn)
    {
        var reader = new VarintReader(input.Head);
        if (reader.Byte() != (byte)ClientVerb.Answer || reader.Number() != _calls.Count || !_isWaiting)
        {
            return;
        }

        if (reader.Byte() == (byte)ClientStatus.NotLeader)
        {
            Redirect(reader.Small(options.Servers), ref turn);
            return;
        }

        ClientCall call = _calls[^1];
        int start = _tokens.Count;
        bool hasValue = call.Command.Verb is KeyValueVerb.Get or KeyValueVerb.CompareAndSet && reader.Byte() == 1;
        if (hasValue && call.Command.Verb == KeyValueVerb.Get)
        {
            int count = reader.Small(int.MaxValue);
            for (int i = 0; i < count && reader.IsGood; i++)
            {
                _tokens.Add(reader.Small(KeyValueCommand.TokenMax));
            }

            if (!reader.IsAtEnd)
            {
                reader.Skip(reader.Small(int.MaxValue));
            }
        }

        if (!reader.IsAtEnd)
        {
            return;
        }

        int found = _tokens.Count - start;
        _calls[^1] = call with { ReturnNs = turn.Clock.LocalNs, HasValue = hasValue, AnswerStart = start, AnswerCount = found };
        _seen[call.Command.Key] = call.Command.Verb == KeyValueVerb.Get ? (found == 1 ? _tokens[start] : 0)
            : call.Command.Verb == KeyValueVerb.Put || hasValue ? call.Command.Token : 0;
        Finish(ref turn);
    }

    /// <summary>The named leader is asked a moment later; a server that knows none, or a second that errs, makes us wait.</summary>
    private void Redirect(int leader, ref Turn turn)
    {
        if (_redirects != 0 || leader == 0 || leader - 1 == _server)
        {
            return;
        }

        _server = leader - 1;
        _redirects = -1;
        turn.SetTimer(RetryTimer, HintDelayNs);
    }

    private void Finish(ref Turn turn)
    {
        _isWaiting = false;
        turn.CancelTimer(RetryTimer);
        if (_calls.Count < options.Operations)
        {
            BeginLater(ref turn);
        }
    }

    private void BeginLater(ref Turn turn)
    {
        long nowNs = turn.Clock.LocalNs;
        int warmUps = options.WarmUps;
        _dueNs = _calls.Count == 0 && warmUps > 0 ? options.StartNs
            : _calls.Count < warmUps ? nowNs
            : (warmUps > 0 ? options.LoadNs : options.StartNs) + ((_calls.Count - warmUps) * options.PeriodNs) + (long)turn.Random.Below((ulong)Math.Max(1, options.PeriodNs));
        if (options.PeriodNs == 0)
        {
            // Whoever goes as fast as answers come is due when the one before is done.
            _dueNs = Math.Max(_dueNs, nowNs);
        }

        turn.SetTimer(NextTimer, Math.Max(0, _dueNs - nowNs));
    }
}
