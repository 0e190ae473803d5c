using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Kernel.Tests.Arithmetic;

public sealed class ElementaryTests
{
    [Fact]
    public void LogAgreesWithTheBaseLibraryToThreeRoundings()
    {
        RandomStream random = new Seed(1).Named("log").Stream();
        for (int i = 0; i < 200_000; i++)
        {
            double x = BitConverter.UInt64BitsToDouble(random.NextUInt64() & 0x7FEFFFFFFFFFFFFFUL);
            Within(Elementary.Log(x), Math.Log(x), 3, x);
            double near = 1 + ((random.NextDouble() - 0.5) * 1e-3);
            Within(Elementary.Log(near), Math.Log(near), 3, near);
        }
    }

    [Fact]
    public void ExpAgreesWithTheBaseLibraryToThreeRoundings()
    {
        RandomStream random = new Seed(1).Named("exp").Stream();
        for (int i = 0; i < 200_000; i++)
        {
            double x = (random.NextDouble() - 0.5) * 1400;
            Within(Elementary.Exp(x), Math.Exp(x), 3, x);
        }
    }

    [Theory]
    [InlineData(1e-20)]
    [InlineData(-1e-9)]
    [InlineData(0.01)]
    [InlineData(-0.2)]
    [InlineData(0.3)]
    public void SmallArgumentsKeepTheirDigits(double x)
    {
        Elementary.Log(1 + Elementary.ExpM1(0.2)).ShouldBe(0.2, 1e-15);
        // ln(1 + x) and e^x - 1 undo each other without losing x.
        Elementary.ExpM1(Elementary.Log1P(x)).ShouldBe(x, Math.Abs(x) * 1e-14);
    }

    [Fact]
    public void LogGammaIsTheLogOfTheFactorial()
    {
        double sum = 0;
        for (int n = 1; n <= 300; n++)
        {
            Elementary.LogGamma(n).ShouldBe(sum, Math.Max(1e-13, sum * 1e-14));
            sum += Math.Log(n);
        }

        Elementary.LogGamma(0.5).ShouldBe(0.5 * Math.Log(Math.PI), 1e-14);
    }

    [Fact]
    public void TheEdgesAreWhereTheyBelong()
    {
        Elementary.Exp(0).ShouldBe(1);
        Elementary.Log(1).ShouldBe(0);
        Elementary.Log2(1024).ShouldBe(10);
        Elementary.Log(0).ShouldBe(double.NegativeInfinity);
        Elementary.Exp(1000).ShouldBe(double.PositiveInfinity);
        Elementary.Exp(-1000).ShouldBe(0);
        Elementary.Exp(-744).ShouldBe(Math.Exp(-744), 5e-324);
        double.IsNaN(Elementary.Log(-1)).ShouldBeTrue();
    }

    private static void Within(double ours, double theirs, int roundings, double x)
    {
        double rounding = Math.BitIncrement(Math.Abs(theirs)) - Math.Abs(theirs);
        Math.Abs(ours - theirs).ShouldBeLessThanOrEqualTo(roundings * rounding, $"at {x:R}");
    }
}
