using Headroom.Consensus.Groups;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Replication;

/// <summary>
/// What servers that write down what they promise have in common, whatever they promise: what comes in goes where it belongs, records are numbered and counted, and after a crash they are read back. A server
/// whose records are not as it left them says nothing more.
/// </summary>
public abstract class DurableServer : IGroupRole
{
    private RecordRecovery? _recovery;
    private byte[] _room = new byte[256];
    private long _recordNumber;

    private protected DurableServer()
    {
    }

    /// <summary>Why this server takes no part; null while it does.</summary>
    public string? Problem { get; private set; }

    /// <summary>Bytes that cannot be a message, in all.</summary>
    public long MalformedCount { get; private protected set; }

    /// <summary>It has begun, for the first time or after a crash.</summary>
    private protected bool IsStarted { get; private set; }

    /// <summary>Records handed to the disk, in all lives; so <see cref="OnDurable"/> counts too.</summary>
    private protected int Appended { get; private set; }

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (Problem is not null)
        {
            return;
        }

        switch (input.Kind)
        {
            case InputKind.Start:
                IsStarted = true;
                Start(ref turn);
                break;
            case InputKind.Recovery when input.Number >= 0:
                _recovery ??= NewRecovery();
                _recovery.Take(input.Head);
                break;
            case InputKind.Recovery:
                Recover(_recovery ?? NewRecovery(), ref turn);
                break;
            case InputKind.Timer:
                OnTimer((int)input.Number, ref turn);
                break;
            case InputKind.Durable:
                OnDurable((int)input.Number, ref turn);
                break;
            case InputKind.Message when IsStarted:
                OnMessage(input, ref turn);
                break;
            default:
                break;
        }

        if (IsStarted && Problem is null)
        {
            AfterInput(ref turn);
        }
    }

    /// <summary>The first life begins.</summary>
    private protected abstract void Start(ref Turn turn);

    private protected abstract RecordRecovery NewRecovery();

    /// <summary>A later life begins with what was found on the disk, which is whole.</summary>
    private protected abstract void Recovered(RecordRecovery records, ref Turn turn);

    private protected abstract void OnTimer(int timer, ref Turn turn);

    private protected abstract void OnMessage(in ProcessInput input, ref Turn turn);

    /// <summary>So many of the records handed to the disk are durable.</summary>
    private protected abstract void OnDurable(int records, ref Turn turn);

    /// <summary>What may follow from whatever came in.</summary>
    private protected virtual void AfterInput(ref Turn turn)
    {
    }

    /// <summary>Takes part no more.</summary>
    private protected virtual void Refuse(string problem, long nowNs) => Problem = problem;

    /// <summary>Room for a message or a record; what was in it before is gone.</summary>
    private protected Span<byte> Room(int length)
    {
        if (_room.Length < length)
        {
            _room = new byte[2 * length];
        }

        return _room;
    }

    /// <summary>The next record, in room of <see cref="NumberedRecord.HeadBytesMax"/> and what follows; what follows its kind is written through the writer.</summary>
    private protected VarintWriter BeginRecord(Span<byte> room, byte kind)
    {
        VarintWriter writer = NumberedRecord.Begin(room, _recordNumber++);
        writer.Byte(kind);
        return writer;
    }

    /// <inheritdoc cref="Turn.Persist"/>
    private protected void Persist(scoped in VarintWriter writer, ref Turn turn, bool anew = false)
    {
        turn.Persist(NumberedRecord.Seal(writer), anew);
        Appended++;
    }

    /// <inheritdoc cref="Turn.TryPersistAtOnce"/>
    private protected bool TryPersistAtOnce(scoped in VarintWriter writer, bool anew, ref Turn turn)
    {
        Appended++;
        return turn.TryPersistAtOnce(NumberedRecord.Seal(writer), anew);
    }

    private void Recover(RecordRecovery records, ref Turn turn)
    {
        _recovery = null;
        (Appended, _recordNumber) = (records.Records, records.Good);
        if (records.Problem is { } problem)
        {
            Refuse(problem, turn.Clock.LocalNs);
            return;
        }

        IsStarted = true;
        Recovered(records, ref turn);
    }
}
