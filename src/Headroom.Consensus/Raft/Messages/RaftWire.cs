using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Raft.Messages;

/// <summary>
/// Messages as bytes: the kind, flags (1 rejected, 2 transfer), the term, then the fields that the kind uses, all nonnegative numbers in base 128:
/// <list type="table">
/// <item><term>votes asked for</term><description>last index, its term</description></item>
/// <item><term>a vote refused</term><description>commit, the term of the entry there</description></item>
/// <item><term>append</term><description>index before, its term, commit, number of entries; each entry's term, kind, length, bytes (indices follow one another)</description></item>
/// <item><term>append answered</term><description>index; if rejected hint, its term</description></item>
/// <item><term>heartbeat, and its answer</term><description>commit, round; round</description></item>
/// <item><term>propose</term><description>number of commands; each one's length, bytes</description></item>
/// </list>
/// Who sent it and who gets it, the carrier knows. Anything else is refused, whatever its bytes. A snapshot goes in chunks (<see cref="Snapshots.SnapshotPart"/>); together they are its index, term, configuration (four
/// lists: voters, outgoing voters, learners, learners to be; last 1 if it is left by itself), length, bytes.
/// </summary>
internal static class RaftWire
{
    public const int EntriesMax = 4096;
    private const int MembersMax = 1024;
    private const int Rejected = 1;
    private const int Transfer = 2;

    /// <summary>No message of this shape is longer.</summary>
    public static int LengthMax(in RaftMessage message)
    {
        int length = 2 + (8 * Varint.LengthMax);
        foreach (ref readonly RaftEntry entry in message.Entries.Span)
        {
            length += entry.Data.Length + 1 + (2 * Varint.LengthMax);
        }

        return length;
    }

    public static int LengthMax(RaftSnapshot snapshot) => snapshot.Data.Length + LengthMax(snapshot.Configuration) + (3 * Varint.LengthMax);

    public static int LengthMax(Configuration configuration) =>
        Varint.LengthMax * (6 + configuration.Voters.Count + configuration.Outgoing.Count + configuration.Learners.Count + configuration.LearnersNext.Count);

    public static int Write(Span<byte> into, in RaftMessage message)
    {
        var writer = new VarintWriter(into);
        writer.Byte((byte)message.Kind);
        writer.Byte((byte)((message.IsRejected ? Rejected : 0) | (message.IsTransfer ? Transfer : 0)));
        writer.Number(message.Term);
        switch (message.Kind)
        {
            case MessageKind.Vote or MessageKind.PreVote:
                writer.Numbers(message.Index, message.LogTerm);
                break;
            case MessageKind.Append:
                writer.Numbers(message.Index, message.LogTerm, message.Commit);
                WriteEntries(ref writer, message.Entries.Span);
                break;
            case MessageKind.AppendAnswer:
                writer.Number(message.Index);
                if (message.IsRejected)
                {
                    writer.Numbers(message.Hint, message.LogTerm);
                }

                break;
            case MessageKind.VoteAnswer or MessageKind.PreVoteAnswer when message.IsRejected:
                writer.Numbers(message.Commit, message.LogTerm);
                break;
            case MessageKind.Heartbeat:
                writer.Numbers(message.Commit, message.Round);
                break;
            case MessageKind.HeartbeatAnswer:
                writer.Number(message.Round);
                break;
            case MessageKind.Propose:
                writer.Number(message.Entries.Count);
                foreach (ref readonly RaftEntry entry in message.Entries.Span)
                {
                    writer.Sized(entry.Data.Span);
                }

                break;
            default:
                break;
        }

        return writer.Length;
    }

    public static void WriteEntries(ref VarintWriter writer, ReadOnlySpan<RaftEntry> entries)
    {
        writer.Number(entries.Length);
        foreach (ref readonly RaftEntry entry in entries)
        {
            writer.Number(entry.Term);
            writer.Byte((byte)entry.Kind);
            writer.Sized(entry.Data.Span);
        }
    }

    public static void Write(ref VarintWriter writer, RaftSnapshot snapshot)
    {
        writer.Numbers(snapshot.Index, snapshot.Term);
        Write(ref writer, snapshot.Configuration.Voters);
        Write(ref writer, snapshot.Configuration.Outgoing);
        Write(ref writer, snapshot.Configuration.Learners);
        Write(ref writer, snapshot.Configuration.LearnersNext);
        writer.Byte(snapshot.Configuration.AutoLeave ? (byte)1 : (byte)0);
        writer.Sized(snapshot.Data.Span);
    }

    /// <summary>False for bytes that no message has. What the message holds points into the memory, and its entries lie in the given array, which may grow.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> from, ref RaftEntry[] entries, out RaftMessage message)
    {
        var reader = new VarintReader(from.Span);
        byte kind = reader.Byte();
        byte flags = reader.Byte();
        message = new RaftMessage
        {
            Kind = (MessageKind)kind,
            IsRejected = (flags & Rejected) != 0,
            IsTransfer = (flags & Transfer) != 0,
            Term = reader.Number(),
        };
        switch (message.Kind)
        {
            case MessageKind.Vote or MessageKind.PreVote:
                message.Index = reader.Number();
                message.LogTerm = reader.Number();
                break;
            case MessageKind.Append:
                message.Index = reader.Number();
                message.LogTerm = reader.Number();
                message.Commit = reader.Number();
                message.Entries = ReadEntries(ref reader, from, message.Index, ref entries);
                break;
            case MessageKind.AppendAnswer:
                message.Index = reader.Number();
                message.Hint = message.IsRejected ? reader.Number() : 0;
                message.LogTerm = message.IsRejected ? reader.Number() : 0;
                break;
            case MessageKind.Heartbeat:
                message.Commit = reader.Number();
                message.Round = reader.Number();
                break;
            case MessageKind.HeartbeatAnswer:
                message.Round = reader.Number();
                break;
            case MessageKind.Propose:
                message.Entries = ReadCommands(ref reader, from, ref entries);
                break;
            case MessageKind.VoteAnswer or MessageKind.PreVoteAnswer:
                message.Commit = message.IsRejected ? reader.Number() : 0;
                message.LogTerm = message.IsRejected ? reader.Number() : 0;
                break;
            case MessageKind.TimeoutNow:
                break;
            default:
                return false;
        }

        return reader.IsAtEnd && flags <= (Rejected | Transfer);
    }

    public static EntrySlice ReadEntries(ref VarintReader reader, ReadOnlyMemory<byte> from, long indexBefore, ref RaftEntry[] entries)
    {
        int count = ReadCount(ref reader, ref entries, bytesEach: 3);
        for (int i = 0; i < count; i++)
        {
            long term = reader.Number();
            byte kind = reader.Byte();
            ReadOnlyMemory<byte> data = reader.Sized(from);
            if (kind > (byte)EntryKind.Membership)
            {
                reader.Refuse();
            }

            entries[i] = new RaftEntry(term, indexBefore + 1 + i, (EntryKind)kind, data);
        }

        return reader.IsGood ? new EntrySlice(entries, 0, count) : default;
    }

    /// <summary>Null for what is none.</summary>
    public static RaftSnapshot? ReadSnapshot(ref VarintReader reader, ReadOnlyMemory<byte> from)
    {
        long index = reader.Number();
        long term = reader.Number();
        var configuration = new Configuration { Voters = ReadSet(ref reader), Outgoing = ReadSet(ref reader), Learners = ReadSet(ref reader), LearnersNext = ReadSet(ref reader), AutoLeave = reader.Byte() == 1 };
        ReadOnlyMemory<byte> data = reader.Sized(from);
        return reader.IsGood ? new RaftSnapshot(index, term, configuration, data.ToArray()) : null;
    }

    private static EntrySlice ReadCommands(ref VarintReader reader, ReadOnlyMemory<byte> from, ref RaftEntry[] entries)
    {
        int count = ReadCount(ref reader, ref entries, bytesEach: 1);
        for (int i = 0; i < count; i++)
        {
            entries[i] = new RaftEntry(0, 0, EntryKind.Command, reader.Sized(from));
        }

        return reader.IsGood ? new EntrySlice(entries, 0, count) : default;
    }

    private static int ReadCount(ref VarintReader reader, ref RaftEntry[] entries, int bytesEach)
    {
        int count = reader.Count(EntriesMax, bytesEach);
        if (entries.Length < count)
        {
            entries = new RaftEntry[Math.Max(count, 2 * entries.Length)];
        }

        return count;
    }

    private static void Write(ref VarintWriter writer, IdSet set)
    {
        writer.Number(set.Count);
        foreach (int id in set.Span)
        {
            writer.Number(id);
        }
    }

    private static IdSet ReadSet(ref VarintReader reader)
    {
        int[] ids = new int[reader.Count(MembersMax)];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = reader.Small(int.MaxValue);
        }

        return IdSet.Of(ids);
    }
}
