using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Raft.Snapshots;

/// <summary>
/// One chunk of a snapshot on its way [ongaro2014, section 5.1], or how far a follower has come with it. As bytes: the verb, the leader's term, the snapshot's index, term, length and checksum, the offset, then of a
/// chunk its bytes, to the end of the message. By length and checksum (CRC-32C of all bytes) a follower knows the same snapshot again that another leader sends.
/// </summary>
internal readonly ref struct SnapshotPart
{
    /// <summary>The first byte of a chunk, above the kinds of the core's messages and below the verbs of clients.</summary>
    public const byte Chunk = 24;

    /// <summary>The first byte of an answer.</summary>
    public const byte Received = 25;

    /// <summary>Longer snapshots are refused.</summary>
    public const int BytesMax = 1 << 30;

    public const int HeadBytesMax = 1 + (6 * Varint.LengthMax);

    public long Term { get; init; }

    public SnapshotIdentity Snapshot { get; init; }

    /// <summary>Where the bytes belong; of an answer, how many bytes from the first on are there.</summary>
    public int Offset { get; init; }

    public ReadOnlySpan<byte> Bytes { get; init; }

    public static bool IsOne(ReadOnlySpan<byte> head) => !head.IsEmpty && head[0] is Chunk or Received;

    public readonly int Write(Span<byte> into, byte verb)
    {
        var writer = new VarintWriter(into);
        writer.Byte(verb);
        writer.Numbers(Term, Snapshot.Index, Snapshot.Term, Snapshot.Length, Snapshot.Checksum, Offset);
        writer.Bytes(Bytes);
        return writer.Length;
    }

    /// <summary>False for bytes that are neither: a chunk has bytes, all within the snapshot, and an answer none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> head, out byte verb, out SnapshotPart part)
    {
        var reader = new VarintReader(head);
        verb = reader.Byte();
        long term = reader.Number();
        long index = reader.Number();
        long snapshotTerm = reader.Number();
        int length = reader.Small(BytesMax);
        long checksum = reader.Number();
        int offset = reader.Small(length);
        part = new SnapshotPart { Term = term, Snapshot = new SnapshotIdentity(index, snapshotTerm, length, (uint)checksum), Offset = offset, Bytes = reader.Rest() };
        bool fits = verb == Chunk ? part.Bytes.Length > 0 && part.Bytes.Length <= length - offset : verb == Received && part.Bytes.IsEmpty;
        return reader.IsGood && fits && checksum <= uint.MaxValue;
    }
}
