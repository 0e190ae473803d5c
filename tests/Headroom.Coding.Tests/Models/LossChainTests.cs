using Headroom.Coding.Models;

namespace Headroom.Coding.Tests.Models;

public sealed class LossChainTests
{
    /// <summary>Mean time to data loss of a single-parity array, as in Chen, Lee, Gibson, Katz and Patterson 1994: ((2n-1) a + b)/(n (n-1) a^2).</summary>
    [Theory]
    [InlineData(5, 1e-5, 0.1)]
    [InlineData(10, 0.01, 0.02)]
    public void ASingleParityArrayLastsAsLongAsItsClosedForm(int n, double a, double b)
    {
        double mean = LossChain.MeanSecondsToLoss([new(n * a, 0, 0), new((n - 1) * a, b, 1)]);
        mean.ShouldBe((((2 * n) - 1) * a + b) / (n * (n - 1) * a * a), mean * 1e-12);
    }

    [Fact]
    public void TheChainAgreesWithTheMatrixExponentialOfItsGenerator()
    {
        // Losses from common to about 1e-13 a year, partial fatalities on the way.
        foreach (double failure in (double[])[2e-2, 1e-3, 1e-5])
        {
            double[] up = [10 * failure, 9 * failure, 8 * failure, 7 * failure];
            double[] down = [0, 1, 1.6, 2.1];
            double[] fatal = [0, 1e-3, 0.2, 1];
            const double Time = 5000;
            double chain = LossChain.ProbabilityWithin(Time, LossChain.MeanSecondsToLoss(up.Select((rate, f) => new LossState(rate, down[f], fatal[f]))));
            double exact = LossByMatrixExponential(up, down, fatal, Time);

            // The difference is the start from all up: a few repair times in 5000.
            chain.ShouldBeInRange(exact * (failure > 1e-3 ? 0.999 : 1 - 1e-9), exact * 1.002, $"failure rate {failure}");
        }
    }

    [Fact]
    public void RepairInNoTimeLosesNothingButWhatOneFailureKills()
    {
        LossChain.MeanSecondsToLoss([new(3, 0, 0), new(2, double.PositiveInfinity, 1)]).ShouldBe(double.PositiveInfinity);
        LossChain.MeanSecondsToLoss([new(3, 0, 0.5), new(2, double.PositiveInfinity, 1)]).ShouldBe(2.0 / 3, 1e-15);
        LossChain.ProbabilityWithin(1, double.PositiveInfinity).ShouldBe(0);
    }

    /// <summary>exp(Q t) by uniformisation over a short step and repeated squaring; nothing negative is ever added.</summary>
    private static double LossByMatrixExponential(double[] up, double[] down, double[] fatal, double time)
    {
        int size = up.Length + 1;
        double[,] q = new double[size, size];
        for (int f = 0; f < up.Length; f++)
        {
            q[f, up.Length] += up[f] * fatal[f];
            if (f + 1 < up.Length)
            {
                q[f, f + 1] += up[f] * (1 - fatal[f]);
            }

            if (f > 0)
            {
                q[f, f - 1] = down[f];
            }
        }

        double rate = Enumerable.Range(0, size).Max(i => Enumerable.Range(0, size).Sum(j => q[i, j]));
        int squarings = (int)Math.Ceiling(Math.Log2(rate * time)) + 2;
        double step = time / Math.Pow(2, squarings);
        double[,] jump = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            jump[i, i] = 1 - (Enumerable.Range(0, size).Sum(j => q[i, j]) / rate);
            for (int j = 0; j < size; j++)
            {
                jump[i, j] += q[i, j] / rate;
            }
        }

        double[,] power = Identity(size);
        double[,] result = new double[size, size];
        double weight = Math.Exp(-rate * step);
        for (int n = 0; n < 60; n++)
        {
            for (int i = 0; i < size * size; i++)
            {
                result[i / size, i % size] += weight * power[i / size, i % size];
            }

            power = Product(power, jump);
            weight *= rate * step / (n + 1);
        }

        for (int s = 0; s < squarings; s++)
        {
            result = Product(result, result);
            for (int i = 0; i < size; i++)
            {
                double sum = Enumerable.Range(0, size).Sum(j => result[i, j]);
                for (int j = 0; j < size; j++)
                {
                    result[i, j] /= sum;
                }
            }
        }

        return result[0, up.Length];
    }

    private static double[,] Identity(int size)
    {
        double[,] identity = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            identity[i, i] = 1;
        }

        return identity;
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        int size = a.GetLength(0);
        double[,] product = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                for (int k = 0; k < size; k++)
                {
                    product[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return product;
    }
}
