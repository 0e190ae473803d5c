namespace Headroom.Information.Codecs;

/// <summary>What a codec made of a batch: an exact result on these data, after every message was decoded and compared.</summary>
/// <param name="Codec">The codec's name.</param>
/// <param name="IsStream">One stream, or every message for itself.</param>
/// <param name="Library">The implementation and its version.</param>
/// <param name="Messages">Messages in the batch.</param>
/// <param name="InputBytes">Bytes of the messages.</param>
/// <param name="PayloadBytes">Bytes of the compressed strings.</param>
/// <param name="FramingBytes">Bytes of the length prefixes.</param>
/// <param name="SharedBytes">Bytes that must reach the receiver once: a dictionary.</param>
public sealed record CodecSize(string Codec, bool IsStream, string Library, int Messages, long InputBytes, long PayloadBytes, long FramingBytes, long SharedBytes)
{
    /// <summary>Payload and framing, without what is shared once.</summary>
    public long SentBytes => PayloadBytes + FramingBytes;
}
