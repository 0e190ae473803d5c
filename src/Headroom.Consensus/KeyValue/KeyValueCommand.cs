using Headroom.Consensus.Wire;

namespace Headroom.Consensus.KeyValue;

/// <summary>
/// A command: its verb, key, token and expected token, as numbers in base 128. Values are sequences of tokens, each with so many bytes of filling as its command brought:
/// their number and the bytes, behind the rest where there are any.
/// </summary>
public readonly record struct KeyValueCommand(KeyValueVerb Verb, int Key, int Token = 0, int Expected = 0, int Filling = 0)
{
    public const int KeyMax = 1 << 16;
    public const int TokenMax = 1 << 16;
    public const int FillingMax = 1 << 24;

    /// <summary>Of the command as it is written, filling included.</summary>
    public int LengthMax => 1 + (4 * Varint.LengthMax) + Filling;

    public int Write(Span<byte> into)
    {
        var writer = new VarintWriter(into);
        writer.Byte((byte)Verb);
        writer.Number(Key);
        writer.Number(Token);
        writer.Number(Expected);
        if (Filling > 0)
        {
            writer.Number(Filling);
            writer.Zeros(Filling);
        }

        return writer.Length;
    }

    public static bool TryRead(ReadOnlySpan<byte> from, out KeyValueCommand command)
    {
        var reader = new VarintReader(from);
        byte verb = reader.Byte();
        command = new KeyValueCommand((KeyValueVerb)verb, reader.Small(KeyMax - 1), reader.Small(TokenMax - 1), reader.Small(TokenMax - 1));
        if (reader.IsGood && !reader.IsAtEnd)
        {
            command = command with { Filling = reader.Small(FillingMax) };
            reader.Skip(command.Filling > 0 ? command.Filling : -1);
        }

        return reader.IsAtEnd && verb <= (byte)KeyValueVerb.CompareAndSet;
    }
}
