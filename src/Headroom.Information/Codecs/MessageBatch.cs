namespace Headroom.Information.Codecs;

/// <summary>Messages one after another: their bytes, and where each ends.</summary>
public sealed class MessageBatch
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    /// <param name="bytes">All messages, concatenated.</param>
    /// <param name="ends">Where each message ends; ascending, the last is the length. Empty messages are messages.</param>
    public MessageBatch(byte[] bytes, int[] ends)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(ends);
        for (int i = 0; i < ends.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(ends[i], i == 0 ? 0 : ends[i - 1], nameof(ends));
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(ends.Length == 0 ? 0 : ends[^1], bytes.Length, nameof(ends));
        (_bytes, _ends) = (bytes, ends);
    }

    public int Count => _ends.Length;

    public ReadOnlySpan<byte> Bytes => _bytes;

    public ReadOnlySpan<byte> this[int i] => _bytes.AsSpan((i == 0 ? 0 : _ends[i - 1])..(_ends[i]));

    public static MessageBatch Of(IEnumerable<byte[]> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var bytes = new List<byte>();
        var ends = new List<int>();
        foreach (byte[] message in messages)
        {
            bytes.AddRange(message);
            ends.Add(bytes.Count);
        }

        return new MessageBatch([.. bytes], [.. ends]);
    }
}
