using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Quorum;

/// <summary>What a server writes down of each value that it takes, behind the record's number: register, tag, value.</summary>
internal readonly record struct RegisterRecord(int Register, RegisterTag Tag, long Content)
{
    public const int LengthMax = NumberedRecord.HeadBytesMax + (4 * Varint.LengthMax);

    public ReadOnlySpan<byte> Write(Span<byte> into, long number)
    {
        VarintWriter writer = NumberedRecord.Begin(into, number);
        writer.Numbers(Register, Tag.Number, Tag.Writer, Content);
        return NumberedRecord.Seal(writer);
    }

    /// <summary>False for what has no form, or names a register that is not there.</summary>
    public static bool TryRead(ref VarintReader reader, int registers, out RegisterRecord record)
    {
        record = new RegisterRecord(reader.Small(registers - 1), new RegisterTag(reader.Number(), reader.Small(int.MaxValue)), reader.Number());
        return reader.IsAtEnd;
    }
}
