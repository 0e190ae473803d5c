using Headroom.Information.Codecs;
using Headroom.Information.ContextTrees;
using Headroom.Kernel.Randomness;

namespace Headroom.Information.Tests.Codecs;

public sealed class CodecTests
{
    [Fact]
    public void EveryCodecGivesBackWhatItWasGiven()
    {
        foreach (Codec codec in EveryCodec.Make())
        {
            using (codec)
            {
                foreach (byte[] input in EveryCodec.TemptingInputs().Where(i => codec is not ContextTreeCodec || i.Length < 5_100))
                {
                    byte[] packed = new byte[codec.BoundOf(input.Length)];
                    int written = codec.Compress(input, packed);
                    byte[] back = new byte[input.Length];
                    codec.Decompress(packed.AsSpan(0, written), back).ShouldBe(input.Length, codec.Name);
                    back.AsSpan().SequenceEqual(input).ShouldBeTrue($"{codec.Name} on {input.Length} bytes");
                }
            }
        }
    }

    [Fact]
    public void DamagedInputIsRefusedOrDiffersButNeverCrashes()
    {
        RandomStream random = new Seed(1).Named("damage").Stream();
        byte[] input = [.. Enumerable.Range(0, 600).Select(i => (byte)('a' + (i * i % 17)))];
        foreach (Codec codec in EveryCodec.Make())
        {
            using (codec)
            {
                byte[] packed = new byte[codec.BoundOf(input.Length)];
                int written = codec.Compress(input, packed);
                for (int trial = 0; trial < 100; trial++)
                {
                    byte[] damaged = packed[..(trial % 2 == 0 ? written : random.Below(written))];
                    if (damaged.Length > 0)
                    {
                        damaged[random.Below(damaged.Length)] ^= (byte)(1 << random.Below(8));
                    }

                    try
                    {
                        codec.Decompress(damaged, new byte[input.Length]).ShouldBeInRange(0, input.Length);
                    }
                    catch (InvalidDataException)
                    {
                        // The refusal that the contract promises.
                    }
                }
            }
        }
    }

    [Fact]
    public void TooSmallADestinationIsRefused()
    {
        foreach (Codec codec in EveryCodec.Make())
        {
            using (codec)
            {
                byte[] input = new byte[100];
                byte[] packed = new byte[codec.BoundOf(100)];
                int written = codec.Compress(input, packed);
                Should.Throw<InvalidDataException>(() => codec.Decompress(packed.AsSpan(0, written), new byte[99]), codec.Name);
            }
        }
    }

    [Fact]
    public void LevelsOutsideTheLibrarysRangeAreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => ZlibCodec.Gzip(0));
        Should.Throw<ArgumentOutOfRangeException>(() => ZlibCodec.Deflate(10));
        Should.Throw<ArgumentOutOfRangeException>(() => new BrotliCodec(12));
        if (ZstdLibrary.IsAvailable)
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new ZstdCodec(23));
        }
    }

    [Fact]
    public void TooLittleToTrainOnIsAReasonNotACrash()
    {
        ZstdDictionary.Train(MessageBatch.Of([]), 1024).Problem.ShouldNotBeNull();
        ZstdDictionary.Train(MessageBatch.Of([.. Enumerable.Repeat(new byte[3], 3)]), 1024).Problem.ShouldNotBeNull();
        ZstdDictionary.Train(MessageBatch.Of([.. Enumerable.Repeat(Array.Empty<byte>(), 100)]), 1024).Problem.ShouldNotBeNull();
    }

    [Fact]
    public void TheLibraryNamesItselfOrSaysWhatToInstall()
    {
        if (ZstdLibrary.IsAvailable)
        {
            ZstdLibrary.Version.ShouldStartWith("libzstd 1.");
            EveryCodec.Dictionary().Problem.ShouldBeNull();
        }
        else
        {
            ZstdLibrary.Problem.ShouldNotBeNull().ShouldContain("install");
            Should.Throw<InvalidOperationException>(() => new ZstdCodec(3));
        }
    }
}
