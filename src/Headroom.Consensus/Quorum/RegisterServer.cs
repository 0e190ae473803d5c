using Headroom.Consensus.Groups;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Quorum;

/// <summary>
/// A server of registers [attiya1995]: holds of each the value with the largest tag that it was sent, on its disk before it says so. Knows neither clients nor other servers, and has no timers.
/// </summary>
public sealed class RegisterServer : IGroupRole
{
    private readonly RegisterOptions _options;
    private readonly RegisterTag[] _tags;
    private readonly long[] _contents;
    private readonly byte[] _outgoing;
    private readonly RecordCount _recovered = new();
    private long _recordNumber;

    public RegisterServer(RegisterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _tags = new RegisterTag[options.Registers];
        _contents = new long[options.Registers];
        _outgoing = new byte[RegisterMessage.RoomFor(options.ValueBytes)];
    }

    /// <summary>A record is missing among those on its disk: it answers nobody any more, since it may have forgotten what it promised.</summary>
    public bool IsDamaged => _recovered.Problem is not null;

    /// <summary>Messages that had no form.</summary>
    public long MalformedCount { get; private set; }

    /// <summary>What it holds: the tag and the value (0 for none).</summary>
    public (RegisterTag Tag, long Content) this[int register] => (_tags[register], _contents[register]);

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (input.Kind == InputKind.Recovery && input.Number >= 0)
        {
            Recover(input.Head);
        }
        else if (input.Kind == InputKind.Message && !IsDamaged)
        {
            OnMessage(input, ref turn);
        }
    }

    private void Recover(ReadOnlySpan<byte> head)
    {
        if (!_recovered.TryTake(head, out VarintReader reader))
        {
            return;
        }

        if (!RegisterRecord.TryRead(ref reader, _options.Registers, out RegisterRecord record))
        {
            _recovered.Refuse("it has no form");
            return;
        }

        _recordNumber = _recovered.Good;
        (_tags[record.Register], _contents[record.Register]) = (record.Tag, record.Content);
    }

    private void OnMessage(in ProcessInput input, ref Turn turn)
    {
        if (!RegisterMessage.TryRead(input.Head, _options.Registers, _options.ValueBytes, out RegisterMessage message))
        {
            MalformedCount++;
            return;
        }

        int register = message.Register;
        if (message.Verb == RegisterVerb.Query)
        {
            Answer(input.Peer, new RegisterMessage(RegisterVerb.QueryAnswer, message.Phase, register, _tags[register], _contents[register]), ref turn);
        }
        else if (message.Verb == RegisterVerb.Store)
        {
            if (message.Tag > _tags[register] || (_options.Mutant == RegisterMutant.StoreWithoutCompare && message.Tag != _tags[register]))
            {
                Take(message, ref turn);
            }

            Answer(input.Peer, new RegisterMessage(RegisterVerb.StoreAnswer, message.Phase, register), ref turn);
        }
    }

    private void Take(in RegisterMessage message, ref Turn turn)
    {
        (_tags[message.Register], _contents[message.Register]) = (message.Tag, message.Content);
        Span<byte> room = stackalloc byte[RegisterRecord.LengthMax];
        turn.Persist(new RegisterRecord(message.Register, message.Tag, message.Content).Write(room, _recordNumber++));
    }

    /// <summary>Waits for what was written down before it: what is shown to anybody must not be forgotten.</summary>
    private void Answer(int client, in RegisterMessage message, ref Turn turn) =>
        turn.Send(client, turn.Compose(_outgoing.AsSpan(0, message.Write(_outgoing, _options.ValueBytes))), urgent: _options.Mutant == RegisterMutant.AnswerBeforeDurable);
}
