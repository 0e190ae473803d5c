namespace Headroom.Information.Codecs;

/// <summary>Runs a codec over a batch, always decoding what it made: sizes are exact, times are this machine's.</summary>
public static class Measurement
{
    /// <summary>Every message for itself, each with its length prefix (<see cref="Framing"/>).</summary>
    /// <exception cref="InvalidDataException">A message did not survive the round trip: a defect, never a result.</exception>
    public static CodecSize PerMessage(Codec codec, MessageBatch batch)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(batch);
        int longest = Longest(batch);
        byte[] packed = new byte[codec.BoundOf(longest)];
        byte[] unpacked = new byte[longest];
        long payload = 0;
        long framing = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            int length = codec.Compress(batch[i], packed);
            RequireEqual(codec, packed.AsSpan(0, length), batch[i], unpacked);
            payload += length;
            framing += Framing.PrefixBytes(length);
        }

        return new CodecSize(codec.Name, false, codec.Library, batch.Count, batch.Bytes.Length, payload, framing, codec.SharedBytes);
    }

    /// <summary>All messages as one stream with one length prefix. The bytes must tell the messages apart by themselves (lines, a fixed size, or prefixes inside).</summary>
    /// <exception cref="InvalidDataException">The stream did not survive the round trip: a defect, never a result.</exception>
    public static CodecSize Stream(Codec codec, MessageBatch batch)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(batch);
        byte[] packed = new byte[codec.BoundOf(batch.Bytes.Length)];
        int length = codec.Compress(batch.Bytes, packed);
        RequireEqual(codec, packed.AsSpan(0, length), batch.Bytes, new byte[batch.Bytes.Length]);
        return new CodecSize(codec.Name, true, codec.Library, batch.Count, batch.Bytes.Length, length, Framing.PrefixBytes(length), codec.SharedBytes);
    }

    /// <summary>
    /// CPU time by <see cref="ThreadCpuClock"/>; null where there is no such clock or nothing to compress. One pass to warm up (which also compiles the code),
    /// then passes until 25 ms of CPU or five passes are reached, at least two.
    /// </summary>
    public static CodecTime? Time(Codec codec, MessageBatch batch, bool stream)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(batch);
        if (ThreadCpuClock.Seconds is null || batch.Bytes.Length == 0)
        {
            return null;
        }

        MessageBatch work = stream ? new MessageBatch(batch.Bytes.ToArray(), [batch.Bytes.Length]) : batch;
        var compress = new List<double>();
        var decompress = new List<double>();
        var total = new List<double>();
        double spent = 0;
        for (int pass = -1; pass < 2 || (pass < 5 && spent < 0.025); pass++)
        {
            (double packing, double unpacking) = Pass(codec, work);
            if (pass >= 0)
            {
                compress.Add(packing / work.Bytes.Length);
                decompress.Add(unpacking / work.Bytes.Length);
                total.Add((packing + unpacking) / work.Bytes.Length);
                spent += packing + unpacking;
            }
        }

        compress.Sort();
        decompress.Sort();
        total.Sort();
        return new CodecTime(Median(compress), Median(decompress), Median(total), total[0], total[^1], total.Count);
    }

    private static (double Compress, double Decompress) Pass(Codec codec, MessageBatch work)
    {
        int longest = Longest(work);
        byte[] packed = new byte[codec.BoundOf(longest)];
        byte[] all = new byte[work.Bytes.Length + (work.Count * (codec.BoundOf(longest) - longest))];
        int[] ends = new int[work.Count];
        int end = 0;
        double begin = ThreadCpuClock.Seconds!.Value;
        for (int i = 0; i < work.Count; i++)
        {
            int length = codec.Compress(work[i], packed);
            packed.AsSpan(0, length).CopyTo(all.AsSpan(end));
            ends[i] = end += length;
        }

        double middle = ThreadCpuClock.Seconds!.Value;
        byte[] unpacked = new byte[longest];
        for (int i = 0; i < work.Count; i++)
        {
            codec.Decompress(all.AsSpan((i == 0 ? 0 : ends[i - 1])..ends[i]), unpacked);
        }

        return (middle - begin, ThreadCpuClock.Seconds!.Value - middle);
    }

    private static void RequireEqual(Codec codec, ReadOnlySpan<byte> packed, ReadOnlySpan<byte> message, Span<byte> unpacked)
    {
        int length = codec.Decompress(packed, unpacked[..message.Length]);
        if (length != message.Length || !unpacked[..length].SequenceEqual(message))
        {
            throw new InvalidDataException($"{codec.Name} did not give back a message of {message.Length} bytes");
        }
    }

    private static double Median(List<double> sorted) => 0.5 * (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]);

    private static int Longest(MessageBatch batch)
    {
        int longest = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            longest = Math.Max(longest, batch[i].Length);
        }

        return longest;
    }
}
