using Headroom.Information.Bounds;
using Headroom.Information.Models;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Information.Tests.Bounds;

public sealed class InformationBoundsTests
{
    public static TheoryData<string> Ids => [.. InformationBounds.All.Select(bound => bound.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void WorkedExamplesAgreeWithTheirSources(string id)
    {
        Bound bound = Find(id);
        bound.Examples.ShouldNotBeEmpty();
        foreach (WorkedExample example in bound.Examples)
        {
            BoundValue value = bound.Evaluate(example.Arguments);
            if (example.Expected.Number is { } expected)
            {
                value.Number.ShouldNotBeNull(example.Source).ShouldBe(expected, Math.Max(1e-15, Math.Abs(expected) * example.RelativeTolerance), example.Source);
            }
            else
            {
                value.ShouldBe(example.Expected, example.Source);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void AttainedInstancesAttain(string id)
    {
        Bound bound = Find(id);
        if (bound.Attained is { } attained)
        {
            double value = bound.Evaluate(attained.Arguments).Number.ShouldNotBeNull();
            attained.Reached().ShouldBe(value, Math.Max(1e-12, Math.Abs(value) * attained.RelativeTolerance), attained.Instance);
        }
    }

    [Fact]
    public void ClosedFormsLieWithinTheCertifiedIntervalOfBlahutAndArimoto()
    {
        RandomStream random = new Seed(1).Named("channels").Stream();
        for (int i = 0; i < 20; i++)
        {
            double p = random.NextDouble();
            Holds([[1 - p, p], [p, 1 - p]], "information.bsc", new BoundArguments { ["p"] = p });
            Holds([[1 - p, p, 0], [0, p, 1 - p]], "information.bec", new BoundArguments { ["e"] = p });
            Holds([[1, 0], [p, 1 - p]], "information.z-channel", new BoundArguments { ["q"] = p });
        }

        for (int n = 3; n <= 9; n++)
        {
            double[][] typewriter = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => j == i || j == (i + 1) % n ? 0.5 : 0).ToArray())];
            Holds(typewriter, "information.noisy-typewriter", new BoundArguments { ["n"] = n });
        }

        static void Holds(double[][] channel, string id, BoundArguments arguments)
        {
            double exact = Find(id).Evaluate(arguments).Number!.Value;
            Interval interval = ChannelCapacity.Certify(channel);
            exact.ShouldBeInRange(interval.Low - 1e-12, interval.High + 1e-12, $"{id} {arguments}");
            interval.Width.ShouldBeLessThan(1e-6);
        }
    }

    [Fact]
    public void NoInputLawCarriesMoreThanTheCertifiedCapacity()
    {
        RandomStream random = new Seed(1).Named("inputs").Stream();
        for (int i = 0; i < 60; i++)
        {
            double[][] channel = [.. Enumerable.Range(0, 2 + random.Below(3)).Select(_ => Law(ref random, 3))];
            double ceiling = Find("information.discrete-channel").Evaluate(new BoundArguments { { "channel", channel } }).Number!.Value;
            double[] input = Law(ref random, channel.Length);
            double[] output = [.. Enumerable.Range(0, 3).Select(y => channel.Select((row, x) => input[x] * row[y]).Sum())];
            double information = ShannonEntropy.Of(output) - channel.Select((row, x) => input[x] * ShannonEntropy.Of(row)).Sum();
            information.ShouldBeLessThanOrEqualTo(ceiling + 1e-12);
        }
    }

    [Fact]
    public void HuffmanStaysWithinOneBitOfTheEntropy()
    {
        RandomStream random = new Seed(1).Named("huffman").Stream();
        for (int i = 0; i < 500; i++)
        {
            double[] p = Law(ref random, 2 + random.Below(30));
            double entropy = Find("information.source-coding").Evaluate(new BoundArguments { { "p", p } }).Number!.Value;
            Find("information.prefix-code").Evaluate(new BoundArguments { { "p", p } }).Number!.Value.ShouldBeInRange(entropy - 1e-12, entropy + 1);
        }
    }

    /// <summary>A code need not spend a word on what never comes.</summary>
    [Fact]
    public void SymbolsThatNeverComeNeedNoWord()
    {
        Find("information.prefix-code").Evaluate(new BoundArguments { { "p", [0.5, 0, 0.5, 0] } }).ShouldBe(BoundValue.Of(1));
        Find("information.prefix-code").Evaluate(new BoundArguments { { "p", [1, 0] } }).ShouldBe(BoundValue.Of(0));
    }

    /// <summary>Near one half 1 - h(1/2 - x) is 2 x^2/ln 2, far below the rounding of h itself.</summary>
    [Fact]
    public void AlmostUselessChannelsAndAlmostFreeDistortionsKeepTheirPrecision()
    {
        double x = Math.ScaleB(1, -28);
        double expected = 2 * x * x * 1.4426950408889634;
        Find("information.bsc").Evaluate(new BoundArguments { ["p"] = 0.5 + x }).Number!.Value.ShouldBe(expected, 1e-12 * expected);
        Find("information.rate-distortion-binary").Evaluate(new BoundArguments { ["p"] = 0.5, ["d"] = 0.5 - x }).Number!.Value.ShouldBe(expected, 1e-12 * expected);
        ShannonEntropy.OneMinusBinary(0.376).ShouldBe(1 - ShannonEntropy.Binary(0.376), 1e-15);
        ShannonEntropy.OneMinusBinary(0.624).ShouldBe(1 - ShannonEntropy.Binary(0.624), 1e-15);
    }

    /// <summary>Near q = 1 the capacity is (1-q)/e/ln 2.</summary>
    [Fact]
    public void AlmostAlwaysLosingOnesStillCarriesSomething() =>
        Find("information.z-channel").Evaluate(new BoundArguments { ["q"] = 1 - Math.ScaleB(1, -50) }).Number!.Value.ShouldBe(Math.ScaleB(1, -50) * 0.53073784, 1e-21);

    [Fact]
    public void FanoHoldsForTheBestGuessOfRandomPairs()
    {
        RandomStream random = new Seed(1).Named("fano").Stream();
        for (int i = 0; i < 500; i++)
        {
            int m = 2 + random.Below(5);
            int others = 1 + random.Below(4);
            double[] flat = Law(ref random, m * others);
            double[][] joint = [.. flat.Chunk(others)];
            double error = 1 - Enumerable.Range(0, others).Sum(y => joint.Max(row => row[y]));
            double doubt = JointEntropy.OfRowsGivenColumns(joint);
            double floor = Find("information.fano").Evaluate(new BoundArguments { ["h"] = doubt, ["m"] = m }).Number!.Value;
            error.ShouldBeGreaterThanOrEqualTo(floor - 1e-12);
            (doubt + ShannonEntropy.Of([.. Enumerable.Range(0, others).Select(y => joint.Sum(row => row[y]))])).ShouldBe(JointEntropy.Of(joint), 1e-12);
        }
    }

    [Fact]
    public void ArgumentsOutsideTheTheoremsAreValuesNotErrors()
    {
        Reason("information.source-coding", new BoundArguments { { "p", [0.5, 0.4] } }).ShouldContain("sum to 0.9");
        Reason("information.markov-source", new BoundArguments { { "transitions", [[1, 0], [0, 1]] } }).ShouldContain("closed class");
        Reason("information.markov-source", new BoundArguments { { "transitions", [[1, 0]] } }).ShouldContain("square");
        Reason("information.kraft", new BoundArguments { { "lengths", [1, 1, 1] } }).ShouldContain("exceeds 1");
        Reason("information.fano", new BoundArguments { ["h"] = 3, ["m"] = 4 }).ShouldContain("more than log2 m");
        Reason("information.discrete-channel", new BoundArguments { { "channel", [[0.5, 0.5], [0.5, 0.6]] } }).ShouldStartWith("row 2");

        static string Reason(string id, BoundArguments arguments) => Find(id).Evaluate(arguments).ShouldBeOfType<BoundValue.OutsideRegime>().Reason;
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryLegalNumberGivesAValue(string id)
    {
        Bound bound = Find(id);
        if (bound.Parameters.Any(p => p.Shape is ParameterShape.Vector or ParameterShape.Matrix))
        {
            return;
        }

        RandomStream random = new Seed(1).Named(id).Stream();
        for (int i = 0; i < 200; i++)
        {
            var arguments = new BoundArguments();
            foreach (BoundParameter parameter in bound.Parameters)
            {
                double high = double.IsPositiveInfinity(parameter.Max) && random.Bernoulli(0.9) ? 1e6 : parameter.Max;
                double drawn = random.Below(4) switch { 0 => parameter.Min, 1 => high, _ => parameter.Min + (random.NextDouble() * (Math.Min(high, 1e9) - parameter.Min)) };
                arguments[parameter.Name] = parameter.Shape == ParameterShape.Integer ? Math.Floor(drawn) : drawn;
            }

            Should.NotThrow(() => bound.Evaluate(arguments), arguments.ToString());
        }
    }

    private static Bound Find(string id) => InformationBounds.All.Single(bound => bound.Id == id);

    private static double[] Law(ref RandomStream random, int size)
    {
        double[] weights = new double[size];
        for (int i = 0; i < size; i++)
        {
            weights[i] = random.Exponential(1);
        }

        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }
}
