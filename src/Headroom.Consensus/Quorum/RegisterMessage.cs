using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Quorum;

/// <summary>
/// What clients and servers of registers say. The phase is the client's number of it, by which it knows answers; queries and answers to a store have neither tag nor value. A value
/// is a number, and behind it so much filling that it has the bytes that the group's values have.
/// </summary>
internal readonly record struct RegisterMessage(RegisterVerb Verb, long Phase, int Register, RegisterTag Tag = default, long Content = 0)
{
    public const int LengthMax = 1 + (5 * Varint.LengthMax);

    private static bool HasTag(RegisterVerb verb) => verb is RegisterVerb.QueryAnswer or RegisterVerb.Store;

    /// <summary>The most that a message takes where values have so many bytes.</summary>
    public static int RoomFor(int valueBytes) => LengthMax + valueBytes;

    public int Write(Span<byte> into, int valueBytes)
    {
        var writer = new VarintWriter(into);
        writer.Byte((byte)Verb);
        writer.Number(Phase);
        writer.Number(Register);
        if (HasTag(Verb))
        {
            writer.Number(Tag.Number);
            writer.Number(Tag.Writer);
            writer.Number(Content);
            writer.Zeros(Filling(Content, valueBytes));
        }

        return writer.Length;
    }

    /// <summary>False for what has no form, names a register that is not there, or has a tag after which there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, int registers, int valueBytes, out RegisterMessage message)
    {
        var reader = new VarintReader(from);
        var verb = (RegisterVerb)reader.Byte();
        message = new RegisterMessage(verb, reader.Number(), reader.Small(registers - 1));
        if (HasTag(verb))
        {
            message = message with { Tag = new RegisterTag(reader.Number(), reader.Small(int.MaxValue)), Content = reader.Number() };
            reader.Skip(Filling(message.Content, valueBytes));
        }

        return reader.IsAtEnd && message.Tag.Number < long.MaxValue && verb is >= RegisterVerb.Query and <= RegisterVerb.StoreAnswer;
    }

    private static int Filling(long content, int valueBytes) => Math.Max(0, valueBytes - Varint.Length(content));
}
