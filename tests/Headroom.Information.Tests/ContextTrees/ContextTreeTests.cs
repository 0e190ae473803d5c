using System.Text;
using Headroom.Information.ContextTrees;
using Headroom.Kernel.Randomness;

namespace Headroom.Information.Tests.ContextTrees;

public sealed class ContextTreeTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    public void CodeLengthIsTheDoubleMixtureByBruteForce(bool favourConstant, int depth)
    {
        ContextTreeOptions options = ContextTreeOptions.OfDepth(depth) with { FavourConstant = favourConstant };
        Agrees(options, $"depth {depth}");
    }

    [Fact]
    public void CodeLengthIsTheDoubleMixtureWhenOrdersAreLeftOut() =>
        Agrees(new ContextTreeOptions { ContextBytes = [0, 1, 3, 6] }, "orders 0, 1, 3, 6");

    [Fact]
    public void ProbabilitiesOfAllContinuationsSumToOne()
    {
        foreach (int[] orders in new[] { [0, 1, 2], new[] { 0, 2, 5 } })
        {
            var tree = new ContextTree(new ContextTreeOptions { ContextBytes = orders });
            CodeLength.OfBits(tree, Encoding.ASCII.GetBytes("abracadabra abracadabra"));
            double sum = 0;
            byte[] two = new byte[2];
            for (int i = 0; i < 65536; i += 1)
            {
                (two[0], two[1]) = ((byte)(i >> 8), (byte)i);
                tree.BeginTrial();
                sum += Math.Pow(2, -CodeLength.OfBits(tree, two));
                tree.EndTrial();
            }

            sum.ShouldBe(1, 1e-9);
        }
    }

    [Fact]
    public void TrialsLeaveNoTrace()
    {
        RandomStream random = new Seed(1).Named("trials").Stream();
        var tried = new ContextTree(ContextTreeOptions.OfDepth(4));
        var plain = new ContextTree(ContextTreeOptions.OfDepth(4));
        for (int round = 0; round < 30; round++)
        {
            byte[] trial = Text(ref random, random.Below(400), 1 + random.Below(5));
            tried.BeginTrial();
            double first = CodeLength.OfBits(tried, trial);
            tried.EndTrial();
            tried.BeginTrial();
            CodeLength.OfBits(tried, trial).ShouldBe(first);
            tried.EndTrial();
            tried.Nodes.ShouldBe(plain.Nodes);
            byte[] next = Text(ref random, random.Below(200), 3);
            CodeLength.OfBits(tried, next).ShouldBe(CodeLength.OfBits(plain, next));
        }
    }

    [Fact]
    public void TheIdealLengthIsReachedByTheArithmeticCoder()
    {
        RandomStream random = new Seed(1).Named("coder").Stream();
        ContextTreeOptions options = ContextTreeOptions.OfDepth(5);
        using var codec = new ContextTreeCodec(options);
        foreach (int length in new[] { 1, 2, 10, 100, 3000, 9000 })
        {
            byte[] text = Text(ref random, length, 6);
            double ideal = CodeLength.OfBits(new ContextTree(options), text);
            byte[] packed = new byte[codec.BoundOf(length)];
            int written = codec.Compress(text, packed);
            byte[] back = new byte[length];
            codec.Decompress(packed.AsSpan(0, written), back).ShouldBe(length);
            back.ShouldBe(text);
            (8.0 * written).ShouldBeInRange(ideal, (ideal * 1.0001) + 72);
        }
    }

    [Fact]
    public void AFullTreeStillDecodes()
    {
        RandomStream random = new Seed(1).Named("full").Stream();
        ContextTreeOptions options = ContextTreeOptions.OfDepth(4) with { NodesMax = 300 };
        using var codec = new ContextTreeCodec(options);
        byte[] text = Text(ref random, 5000, 20);
        byte[] packed = new byte[codec.BoundOf(text.Length)];
        int written = codec.Compress(text, packed);
        byte[] back = new byte[text.Length];
        codec.Decompress(packed.AsSpan(0, written), back).ShouldBe(text.Length);
        back.ShouldBe(text);
        var tree = new ContextTree(options);
        CodeLength.OfBits(tree, text);
        tree.IsFull.ShouldBeTrue();
    }

    [Fact]
    public void OnlyConstantBytesCostLittleMoreThanNothing()
    {
        var tree = new ContextTree(ContextTreeOptions.OfDepth(6));
        CodeLength.OfBits(tree, new byte[10_000]).ShouldBeLessThan(20);
    }

    [Fact]
    public void IllegalOrdersAreRefused()
    {
        foreach (int[] orders in new[] { [], [1], [0, 5], [0, 0], new[] { 0, 2, 1 } })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new ContextTree(new ContextTreeOptions { ContextBytes = orders }), string.Join(',', orders));
        }
    }

    private static void Agrees(ContextTreeOptions options, string what)
    {
        RandomStream random = new Seed(1).Named(what).Stream();
        for (int trial = 0; trial < 40; trial++)
        {
            byte[] text = Text(ref random, random.Below(60), 1 + random.Below(4));
            var tree = new ContextTree(options);
            CodeLength.OfBits(tree, text).ShouldBe(BruteForceMixture.Bits(options, text), 1e-7, $"{what}: {Convert.ToHexString(text)}");
        }
    }

    /// <summary>Letters with repeats of what came before, so that long contexts matter.</summary>
    private static byte[] Text(ref RandomStream random, int length, int letters)
    {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++)
        {
            text[i] = i > 8 && random.Bernoulli(0.7) ? text[i - 7] : (byte)(random.Bernoulli(0.05) ? random.Below(256) : 'a' + random.Below(letters));
        }

        return text;
    }
}
