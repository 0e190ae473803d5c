using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Replication;

/// <summary>
/// A machine and its clients' sessions, which together are what is replicated. An entry is the client's number, the number of its command, the command; number 0 is a server's own, of nobody's session, and an empty entry does nothing.
/// </summary>
internal sealed class ReplicatedMachine(IStateMachine machine)
{
    private readonly Sessions _sessions = new();

    public IStateMachine Machine => machine;

    public static int EntryLengthMax(ReadOnlySpan<byte> command) => (2 * Varint.LengthMax) + command.Length;

    public static ReadOnlySpan<byte> Entry(Span<byte> into, int client, long number, scoped ReadOnlySpan<byte> command)
    {
        var writer = new VarintWriter(into);
        writer.Numbers(client, number);
        writer.Bytes(command);
        return writer.Written;
    }

    public static byte[] Entry(int client, long number, ReadOnlySpan<byte> command)
    {
        Span<byte> head = stackalloc byte[2 * Varint.LengthMax];
        return [.. Entry(head, client, number, []), .. command];
    }

    public bool IsRepeated(int client, long number) => _sessions.IsRepeated(client, number);

    /// <summary>The answer to the client's last command.</summary>
    public ReadOnlySpan<byte> Answer(int client) => _sessions.Answer(client);

    /// <summary>Applies an entry, unless its command was applied before. False where no client waits for it.</summary>
    /// <param name="entry">Its bytes.</param>
    /// <param name="repeats">Applies again what was applied: a fault that tests put in.</param>
    /// <param name="client">Whose command it is.</param>
    /// <param name="number">The client's number of it.</param>
    public bool TryApply(ReadOnlySpan<byte> entry, bool repeats, out int client, out long number)
    {
        var reader = new VarintReader(entry);
        client = reader.Small(Sessions.ClientsMax - 1);
        number = reader.Number();
        ReadOnlySpan<byte> command = reader.Rest();
        if (!reader.IsGood)
        {
            return false;
        }

        if (number == 0)
        {
            _ = machine.Apply(command);
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
        writer.Sized(state);
        return all[..writer.Length];
    }

    /// <summary>False for bytes that <see cref="Save"/> does not give.</summary>
    public bool TryLoad(ReadOnlySpan<byte> saved)
    {
        var reader = new VarintReader(saved);
        bool isGood = _sessions.TryLoad(ref reader);
        ReadOnlySpan<byte> state = reader.Sized();
        if (!isGood || !reader.IsAtEnd)
        {
            return false;
        }

        machine.Load(state);
        return true;
    }
}
