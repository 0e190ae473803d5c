using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Replication;

/// <summary>
/// A machine and its clients' sessions, which together are what is replicated. An entry is the client's number, the number of its command, the command; an empty one does nothing.
/// </summary>
internal sealed class ReplicatedMachine(IStateMachine machine)
{
    private readonly Sessions _sessions = new();

    public IStateMachine Machine => machine;

    public static byte[] Entry(int client, long number, ReadOnlySpan<byte> command)
    {
        Span<byte> head = stackalloc byte[2 * Varint.LengthMax];
        var writer = new VarintWriter(head);
        writer.Number(client);
        writer.Number(number);
        byte[] entry = GC.AllocateUninitializedArray<byte>(writer.Length + command.Length);
        head[..writer.Length].CopyTo(entry);
        command.CopyTo(entry.AsSpan(writer.Length));
        return entry;
    }

    public bool IsRepeated(int client, long number) => _sessions.IsRepeated(client, number);

    /// <summary>The answer to the client's last command.</summary>
    public ReadOnlySpan<byte> Answer(int client) => _sessions.Answer(client);

    /// <summary>Applies an entry, unless its command was applied before. False where there is no command.</summary>
    /// <param name="entry">Its bytes.</param>
    /// <param name="repeats">Applies again what was applied: a fault that tests put in.</param>
    /// <param name="client">Whose command it is.</param>
    /// <param name="number">The client's number of it.</param>
    public bool TryApply(ReadOnlySpan<byte> entry, bool repeats, out int client, out long number)
    {
        var reader = new VarintReader(entry);
        client = reader.Small(Sessions.ClientsMax - 1);
        number = reader.Number();
        ReadOnlySpan<byte> command = reader.Bytes(reader.Remaining);
        if (!reader.IsGood || number == 0)
        {
            return false;
        }

        if (repeats || !_sessions.IsRepeated(client, number))
        {
            _sessions.Record(client, number, machine.Apply(command));
        }

        return true;
    }

    public byte[] Save()
    {
        byte[] state = machine.Save();
        byte[] all = new byte[_sessions.SavedLengthMax + Varint.LengthMax + state.Length];
        var writer = new VarintWriter(all);
        _sessions.Save(ref writer);
        writer.Number(state.Length);
        writer.Bytes(state);
        return all[..writer.Length];
    }

    /// <summary>False for bytes that <see cref="Save"/> does not give.</summary>
    public bool TryLoad(ReadOnlySpan<byte> saved)
    {
        var reader = new VarintReader(saved);
        bool isGood = _sessions.TryLoad(ref reader);
        ReadOnlySpan<byte> state = reader.Bytes(reader.Small(int.MaxValue));
        if (!isGood || !reader.IsAtEnd)
        {
            return false;
        }

        machine.Load(state);
        return true;
    }
}
