using Headroom.Queueing.Models;

namespace Headroom.Queueing.Tests.Models;

public sealed class ErlangTests
{
    [Fact]
    public void TwoErlangsOnThreeServersWaitWithProbabilityFourNinths() => Erlang.WaitProbability(3, 2).ShouldBe(4.0 / 9, 1e-15);

    [Fact]
    public void NinetyFiveErlangsOnAHundredServersWaitHalfTheTime() => Erlang.WaitProbability(100, 95).ShouldBe(0.5064568539, 5e-11);

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(5, 3.57)]
    [InlineData(20, 25)]
    [InlineData(40, 10)]
    public void LossAgreesWithTheSumOfPoissonWeights(int servers, double erlangs)
    {
        double weight = 1;
        double sum = 1;
        for (int k = 1; k <= servers; k++)
        {
            weight *= erlangs / k;
            sum += weight;
        }

        Erlang.LossProbability(servers, erlangs).ShouldBe(weight / sum, 1e-12 * weight / sum);
    }

    [Fact]
    public void AHundredThousandServersDoNotOverflow()
    {
        double wait = Erlang.WaitProbability(100_000, 99_700);
        // Halfin and Whitt: beta = 0.3/sqrt(0.997...) of the square root of the load; C = 1/(1 + beta Phi(beta)/phi(beta)).
        double beta = 300 / Math.Sqrt(99_700);
        double phi = Math.Exp(-beta * beta / 2) / Math.Sqrt(2 * Math.PI);
        wait.ShouldBe(1 / (1 + (beta * Kernel.Statistics.Distributions.NormalCdf(beta) / phi)), 0.002);
    }

    [Fact]
    public void OverloadMakesEveryoneWait() => Erlang.WaitProbability(3, 3).ShouldBe(1);
}
