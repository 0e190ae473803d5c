using Headroom.Consensus.Groups;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.KeyValue;

/// <summary>
/// A client of the replicated store, a process as any other: it draws what it asks for, asks by its <see cref="StoreCaller"/>, and remembers what it asked and was answered.
/// </summary>
public sealed class KeyValueClient(KeyValueClientOptions options, int self) : IGroupClient
{
    private const int NextTimer = 0;
    private const int RetryTimer = 1;

    private readonly List<ClientCall> _calls = [];
    private readonly List<int> _tokens = [];
    private readonly int[] _seen = new int[options.Keys];
    private readonly StoreCaller _caller = new(options.Servers, options.FirstServer ?? (self % options.Servers), options.TimeoutNs, RetryTimer);
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

    public bool IsDone => _calls.Count == options.Operations && !_caller.IsWaiting;

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
            case InputKind.Timer when _caller.IsWaiting:
                if (!_caller.TryAgain(options.TimeoutsMax, ref turn))
                {
                    Finish(ref turn);
                }

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
            _caller.Server = turn.Random.Below(options.Servers);
        }

        _calls.Add(new ClientCall(command, turn.Clock.LocalNs, ClientCall.Never, false, 0, 0, 0) { DueNs = Math.Min(_dueNs, turn.Clock.LocalNs) });
        _caller.Ask(command, ref turn);
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

    private void TakeAnswer(in ProcessInput input, ref Turn turn)
    {
        int start = _tokens.Count;
        if (!_caller.TryTake(input, ref turn, _tokens, out bool hasValue))
        {
            return;
        }

        ClientCall call = _calls[^1];
        int found = _tokens.Count - start;
        _calls[^1] = call with { ReturnNs = turn.Clock.LocalNs, HasValue = hasValue, AnswerStart = start, AnswerCount = found, Attempts = _caller.Attempts };
        _seen[call.Command.Key] = call.Command.Verb == KeyValueVerb.Get ? (found == 1 ? _tokens[start] : 0)
            : call.Command.Verb == KeyValueVerb.Put || hasValue ? call.Command.Token : 0;
        Finish(ref turn);
    }

    private void Finish(ref Turn turn)
    {
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
