using Headroom.Information.Codecs;
using Headroom.Information.ContextTrees;
using Headroom.Kernel.Randomness;

namespace Headroom.Information.Tests.Codecs;

/// <summary>The codecs that this machine has, and inputs that tempt them.</summary>
internal static class EveryCodec
{
    public static IEnumerable<Codec> Make()
    {
        yield return new StoredCodec();
        yield return ZlibCodec.Deflate(1);
        yield return ZlibCodec.Deflate(9);
        yield return ZlibCodec.Gzip(6);
        yield return new BrotliCodec(1);
        yield return new BrotliCodec(5);
        yield return new ContextTreeCodec(ContextTreeOptions.OfDepth(3));
        if (ZstdLibrary.IsAvailable)
        {
            yield return new ZstdCodec(1);
            yield return new ZstdCodec(3);
            yield return new ZstdCodec(3, Dictionary());
        }
    }

    public static ZstdDictionary Dictionary()
    {
        RandomStream random = new Seed(1).Named("dictionary").Stream();
        var messages = new List<byte[]>();
        for (int i = 0; i < 500; i++)
        {
            messages.Add(System.Text.Encoding.ASCII.GetBytes($"user {random.Below(1000)} asked for product {random.Below(50)} at {random.Below(100000)} and paid {random.Below(90)}.00 euro\n"));
        }

        return ZstdDictionary.Train(MessageBatch.Of(messages), 2048);
    }

    public static IEnumerable<byte[]> TemptingInputs()
    {
        RandomStream random = new Seed(1).Named("inputs").Stream();
        yield return [];
        yield return [0];
        yield return [255];
        yield return new byte[70_000];
        yield return [.. Enumerable.Repeat((byte)0xFF, 65_537)];
        yield return [.. Enumerable.Range(0, 66_000).Select(i => (byte)i)];
        yield return [.. Enumerable.Range(0, 5_000).Select(i => (byte)(i & 1))];
        foreach (int length in new[] { 1, 2, 3, 7, 31, 127, 128, 255, 256, 1000, 16_383, 16_384, 40_000 })
        {
            byte[] noise = new byte[length];
            for (int i = 0; i < length; i++)
            {
                noise[i] = (byte)random.Below(256);
            }

            yield return noise;
            // The same again, so that a match spans half the input; then with one byte changed.
            byte[] twice = [.. noise, .. noise];
            yield return twice;
            twice[length] ^= 1;
            yield return twice;
        }
    }
}
