using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Replication;

/// <summary>
/// The last command that was applied for each client, and its answer: a command that comes again is answered again and not applied again [ongaro2014, section 6.3]. A client
/// numbers its requests upwards from 1 and has one under way at a time. Part of the replicated state.
/// </summary>
internal sealed class Sessions
{
    /// <summary>Clients have smaller numbers.</summary>
    public const int ClientsMax = 1 << 16;

    private Session[] _sessions = [];

    public bool IsRepeated(int client, long number) => client < _sessions.Length && number <= _sessions[client].Number;

    /// <summary>The answer to the client's last command.</summary>
    public ReadOnlySpan<byte> Answer(int client) => _sessions[client].Answer.AsSpan(0, _sessions[client].Length);

    public void Record(int client, long number, ReadOnlySpan<byte> answer)
    {
        if (client >= _sessions.Length)
        {
            Array.Resize(ref _sessions, Math.Max(client + 1, 2 * _sessions.Length));
        }

        ref Session session = ref _sessions[client];
        if (session.Answer is null || session.Answer.Length < answer.Length)
        {
            session.Answer = new byte[Math.Max(16, 2 * answer.Length)];
        }

        answer.CopyTo(session.Answer);
        (session.Number, session.Length) = (number, answer.Length);
    }

    public int SavedLengthMax
    {
        get
        {
            int length = Varint.LengthMax;
            foreach (Session session in _sessions)
            {
                length += (3 * Varint.LengthMax) + session.Length;
            }

            return length;
        }
    }

    public void Save(ref VarintWriter writer)
    {
        int count = 0;
        foreach (Session session in _sessions)
        {
            count += session.Number > 0 ? 1 : 0;
        }

        writer.Number(count);
        for (int client = 0; client < _sessions.Length; client++)
        {
            Session session = _sessions[client];
            if (session.Number > 0)
            {
                writer.Numbers(client, session.Number);
                writer.Sized(session.Answer.AsSpan(0, session.Length));
            }
        }
    }

    /// <summary>False for bytes that <see cref="Save"/> does not give.</summary>
    public bool TryLoad(ref VarintReader reader)
    {
        Array.Clear(_sessions);
        int count = reader.Small(ClientsMax);
        for (int i = 0; i < count && reader.IsGood; i++)
        {
            int client = reader.Small(ClientsMax - 1);
            long number = reader.Number();
            Record(client, number, reader.Sized());
        }

        return reader.IsGood;
    }

    private struct Session
    {
        public long Number;
        public byte[]? Answer;
        public int Length;
    }
}
