using Headroom.Information.Bounds;
using Headroom.Information.Codecs;
using Headroom.Information.ContextTrees;
using Headroom.Information.Sources;
using Headroom.Information.Tests.Codecs;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;

namespace Headroom.Information.Tests.Sources;

public sealed class MarkovSourceTests
{
    /// <summary>Bits below the ideal length that a right codec shows once in 2^40 messages; the tests draw some 10^4.</summary>
    private const double SavedBitsMax = 40;

    private static readonly byte[] Four = "acgt"u8.ToArray();

    public static TheoryData<string> Names => ["fair bytes", "skewed letters", "sticky", "almost constant"];

    [Theory]
    [MemberData(nameof(Names))]
    public void NoCodecBeatsTheLawOfTheSource(string name)
    {
        MarkovSource source = Source(name);
        double chance = InformationBounds.All.Single(b => b.Id == "information.source-coding-tail").Evaluate(new BoundArguments { ["c"] = SavedBitsMax }).Number!.Value;
        chance.ShouldBeLessThan(1e-12);
        foreach (Codec codec in EveryCodec.Make())
        {
            using (codec)
            {
                RandomStream random = new Seed(1).Named(name).Stream();
                for (int i = 0; i < 26; i++)
                {
                    (byte[] bytes, double ideal) = source.Draw(i < 24 ? 20 + (16 * i) : 4_000, ref random);
                    CodecSize size = Measurement.PerMessage(codec, MessageBatch.Of([bytes]));
                    (8.0 * size.SentBytes).ShouldBeGreaterThan(ideal - SavedBitsMax, $"{codec.Name} on {name}");
                }
            }
        }
    }

    [Fact]
    public void ACodecThatHidesBytesIsFoundOut()
    {
        RandomStream random = new Seed(1).Named("hidden").Stream();
        (byte[] bytes, double ideal) = Source("skewed letters").Draw(200, ref random);
        using var codec = new Hiding();
        (8.0 * Measurement.PerMessage(codec, MessageBatch.Of([bytes])).SentBytes).ShouldBeLessThan(ideal - SavedBitsMax);
    }

    [Fact]
    public void AUsefulSourceIsOneThatCodecsDoCompress()
    {
        // Otherwise the test above could not fail.
        RandomStream random = new Seed(1).Named("useful").Stream();
        (byte[] bytes, double ideal) = Source("sticky").Draw(20_000, ref random);
        using var codec = new ContextTreeCodec(ContextTreeOptions.OfDepth(2));
        double bits = 8.0 * Measurement.Stream(codec, MessageBatch.Of([bytes])).SentBytes;
        bits.ShouldBeInRange(ideal, ideal * 1.05);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void IdealLengthPerByteApproachesTheEntropyRate(string name)
    {
        MarkovSource source = Source(name);
        RandomStream random = new Seed(1).Named(name).Stream();
        const int Length = 50_000;
        (_, double ideal) = source.Draw(Length, ref random);
        // Five standard errors, with the variance of -log2 p below 16 and correlations of the sticky chain below a factor of 40.
        (ideal / Length).ShouldBe(source.RateBitsPerByte, 5 * Math.Sqrt(16.0 * 40 / Length) / 8);
    }

    [Fact]
    public void TheRateIsTheBoundsValue()
    {
        double[][] matrix = [[0.9, 0.1], [0.3, 0.7]];
        double rate = InformationBounds.All.Single(b => b.Id == "information.markov-source").Evaluate(new BoundArguments { { "transitions", matrix } }).Number!.Value;
        new MarkovSource("ab"u8.ToArray(), matrix).RateBitsPerByte.ShouldBe(rate);
    }

    [Fact]
    public void ChainsWithoutAUniqueLawAreRefused()
    {
        Should.Throw<ArgumentException>(() => new MarkovSource("ab"u8.ToArray(), [[1, 0], [0, 1]]));
        Should.Throw<ArgumentException>(() => new MarkovSource("aa"u8.ToArray(), [[0.5, 0.5], [0.5, 0.5]]));
        Should.Throw<ArgumentException>(() => new MarkovSource("ab"u8.ToArray(), [[0.5, 0.6], [0.5, 0.5]]));
    }

    private static MarkovSource Source(string name) => name switch
    {
        "fair bytes" => MarkovSource.Memoryless([.. Enumerable.Range(0, 256).Select(i => (byte)i)], [.. Enumerable.Repeat(1.0 / 256, 256)]),
        "skewed letters" => MarkovSource.Memoryless(Four, [0.7, 0.2, 0.05, 0.05]),
        "sticky" => new MarkovSource(Four, [.. Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, 4).Select(j => i == j ? 0.94 : 0.02).ToArray())]),
        _ => MarkovSource.Memoryless("xy"u8.ToArray(), [0.999, 0.001]),
    };

    /// <summary>Round trips, because the message never travels: what the bound is there to catch.</summary>
    private sealed class Hiding : Codec
    {
        private byte[] _hidden = [];

        public override string Name => "hiding";

        public override string Library => "a test";

        public override int BoundOf(int length) => 0;

        public override int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
        {
            _hidden = source.ToArray();
            return 0;
        }

        public override int Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
        {
            _hidden.CopyTo(destination);
            return _hidden.Length;
        }
    }
}
