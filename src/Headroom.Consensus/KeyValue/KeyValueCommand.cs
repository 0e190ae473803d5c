using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.KeyValue;

/// <summary>A command: its verb, key, token and expected token, as numbers in base 128. Values are sequences of tokens.</summary>
public readonly record struct KeyValueCommand(KeyValueVerb Verb, int Key, int Token = 0, int Expected = 0)
{
    public const int KeyMax = 1 << 16;
    public const int TokenMax = 1 << 16;
    public const int LengthMax = 1 + (3 * Varint.LengthMax);

    public int Write(Span<byte> into)
    {
        var writer = new VarintWriter(into);
        writer.Byte((byte)Verb);
        writer.Number(Key);
        writer.Number(Token);
        writer.Number(Expected);
        return writer.Length;
    }

    public static bool TryRead(ReadOnlySpan<byte> from, out KeyValueCommand command)
    {
        var reader = new VarintReader(from);
        byte verb = reader.Byte();
        command = new KeyValueCommand((KeyValueVerb)verb, reader.Small(KeyMax - 1), reader.Small(TokenMax - 1), reader.Small(TokenMax - 1));
        return reader.IsAtEnd && verb <= (byte)KeyValueVerb.CompareAndSet;
    }
}
