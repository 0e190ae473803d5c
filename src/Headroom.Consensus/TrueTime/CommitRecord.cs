using Headroom.Consensus.Wire;

namespace Headroom.Consensus.TrueTime;

/// <summary>An entry of a group's log: the kind, the number, the timestamp, the other, its term, how many others and which, how many keys and which, and zeros in place of their values.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Number">The transaction's; of a promise the leader's term.</param>
/// <param name="TimestampNs">Prepared, committed, or promised at; 0 for an outcome that is an abort.</param>
/// <param name="Other">Of a prepare record the coordinator's group; of a promise the leader's number.</param>
/// <param name="Term">Of a prepare record the coordinator's, in which the transaction read.</param>
/// <param name="Participants">Of a commit record the other groups.</param>
/// <param name="Keys">Those of this group.</param>
internal sealed record CommitRecord(CommitRecordKind Kind, long Number, long TimestampNs, int Other, long Term, IReadOnlyList<int> Participants, IReadOnlyList<int> Keys)
{
    public static CommitRecord Promise(long term, int member, long untilNs) => new(CommitRecordKind.Promise, term, untilNs, member, 0, [], []);

    public static CommitRecord Outcome(long number, long timestampNs) => new(CommitRecordKind.Outcome, number, timestampNs, 0, 0, [], []);

    public int LengthMax(int valueBytes) => 1 + (Varint.LengthMax * (6 + Participants.Count + Keys.Count)) + (Keys.Count * valueBytes);

    public int Write(Span<byte> into, int valueBytes)
    {
        var writer = new VarintWriter(into);
        writer.Byte((byte)Kind);
        writer.Numbers(Number, TimestampNs, Other, Term);
        WriteAll(ref writer, Participants);
        WriteAll(ref writer, Keys);
        writer.Zeros(Keys.Count * valueBytes);
        return writer.Length;
    }

    /// <summary>Null for bytes that <see cref="Write"/> does not give.</summary>
    public static CommitRecord? Read(ReadOnlySpan<byte> entry, TrueTimeOptions options)
    {
        var reader = new VarintReader(entry);
        byte kind = reader.Byte();
        long number = reader.Number();
        long timestampNs = reader.Number();
        int other = reader.Small(options.Servers - 1);
        long term = reader.Number();
        int[] participants = ReadAll(ref reader, options.Groups - 1);
        int[] keys = ReadAll(ref reader, options.Keys - 1);
        reader.Skip(keys.Length * options.ValueBytes);
        return reader.IsAtEnd && kind is >= (byte)CommitRecordKind.Promise and <= (byte)CommitRecordKind.Outcome
            ? new CommitRecord((CommitRecordKind)kind, number, timestampNs, other, term, participants, keys) : null;
    }

    internal static void WriteAll(ref VarintWriter writer, IReadOnlyList<int> numbers)
    {
        writer.Number(numbers.Count);
        foreach (int number in numbers)
        {
            writer.Number(number);
        }
    }

    internal static int[] ReadAll(ref VarintReader reader, int max)
    {
        var numbers = new int[reader.Count(int.MaxValue)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.Small(max);
        }

        return numbers;
    }
}
