using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Kernel.Tests.Statistics;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.999999, 4.753424308822899)]
    [InlineData(0.5, 0)]
    public void NormalQuantilesAreTheTablesOnes(double p, double expected) => Distributions.NormalQuantile(p).ShouldBe(expected, 1e-10);

    [Theory]
    [InlineData(0.975, 1, 12.706204736432095)]
    [InlineData(0.975, 4, 2.7764451051977987)]
    [InlineData(0.975, 9, 2.2621571628540993)]
    [InlineData(0.975, 29, 2.045229642132703)]
    [InlineData(0.995, 100, 2.6258905214380097)]
    public void StudentQuantilesAreTheTablesOnes(double p, double degrees, double expected) =>
        Distributions.StudentTQuantile(p, degrees).ShouldBe(expected, 1e-9);

    /// <summary>Of what is never negative no interval reaches below 0; one of differences does where it did, and merged parts know it.</summary>
    [Theory]
    [InlineData(new[] { 1.0, 1, 1, 1, 30 }, true)]
    [InlineData(new[] { 0.0, 0, 5 }, true)]
    [InlineData(new[] { -0.1, 1, 1, 1, 30 }, false)]
    public void AnIntervalOfAMeanReachesBelowZeroOnlyWhereAValueDoes(double[] values, bool isCut)
    {
        var merged = Moments.Of(values.AsSpan(0, 2));
        merged.Merge(Moments.Of(values.AsSpan(2)));
        merged.Smallest.ShouldBe(values.Min());
        foreach (Moments moments in new[] { Moments.Of(values), merged })
        {
            Interval interval = moments.MeanInterval(0.95);
            double half = Distributions.StudentTQuantile(0.975, values.Length - 1) * moments.StandardError;
            half.ShouldBeGreaterThan(moments.Mean);
            interval.Low.ShouldBe(isCut ? 0 : moments.Mean - half, 1e-12);
            interval.High.ShouldBe(moments.Mean + half, 1e-12);
        }
    }

    [Fact]
    public void TheNormalTailIsAccurateWhereViolationsAreJudged() =>
        Distributions.NormalCdf(-6).ShouldBe(9.865876450376946e-10, 1e-22);

    [Fact]
    public void BinomialTailsAgreeWithTheSum()
    {
        double sum = 0;
        double term = Math.Pow(0.7, 20);
        for (int k = 0; k <= 20; k++)
        {
            sum += term;
            Distributions.BinomialCdf(k, 20, 0.3).ShouldBe(sum, 1e-12);
            Distributions.BinomialUpperTail(k + 1, 20, 0.3).ShouldBe(1 - sum, 1e-12);
            term *= (20.0 - k) / (k + 1) * 0.3 / 0.7;
        }
    }

    [Fact]
    public void ClopperAndPearsonGiveTheTextbookInterval()
    {
        // 2 of 10: 0.0252 to 0.5561 (Agresti, Categorical data analysis).
        Interval interval = Distributions.ProportionInterval(2, 10, 0.95);
        interval.Low.ShouldBe(0.02521, 1e-5);
        interval.High.ShouldBe(0.55610, 1e-5);
        Distributions.ProportionInterval(0, 30, 0.95).High.ShouldBe(1 - Math.Pow(0.025, 1.0 / 30), 1e-9);
    }

    [Fact]
    public void MergedMomentsAreThoseOfTheWhole()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => (i * 7919) % 1000 / 3.0)];
        Moments left = Moments.Of(values.AsSpan(0, 300));
        left.Merge(Moments.Of(values.AsSpan(300)));
        Moments whole = Moments.Of(values);
        left.Mean.ShouldBe(whole.Mean, 1e-9);
        left.Variance.ShouldBe(whole.Variance, 1e-6);
    }

    [Fact]
    public void StudentsIntervalCoversAsOftenAsItSays()
    {
        RandomStream random = new Seed(11).Named("coverage").Stream();
        int covered = 0;
        const int Trials = 4000;
        for (int trial = 0; trial < Trials; trial++)
        {
            var moments = new Moments();
            for (int i = 0; i < 8; i++)
            {
                moments.Add(5 + random.Normal());
            }

            covered += moments.MeanInterval(0.95).Contains(5) ? 1 : 0;
        }

        Distributions.ProportionInterval(covered, Trials, 0.9999).Contains(0.95).ShouldBeTrue($"{covered} of {Trials}");
    }

    [Fact]
    public void OrderStatisticsCoverTheQuantileAtLeastAsOftenAsTheySay()
    {
        RandomStream random = new Seed(12).Named("order").Stream();
        int covered = 0;
        const int Trials = 1000;
        double p99 = -Math.Log(0.01);
        for (int trial = 0; trial < Trials; trial++)
        {
            double[] sample = new double[500];
            for (int i = 0; i < sample.Length; i++)
            {
                sample[i] = random.Exponential(1);
            }

            Array.Sort(sample);
            covered += Quantiles.IntervalOfSorted(sample, 0.99, 0.95).Contains(p99) ? 1 : 0;
        }

        (covered / (double)Trials).ShouldBeGreaterThan(0.93);
    }

    [Fact]
    public void ASketchKeepsItsRelativeErrorThroughAnyOrderOfMerging()
    {
        RandomStream random = new Seed(13).Named("sketch").Stream();
        double[] values = new double[20_000];
        QuantileSketch[] parts = [new(0.01), new(0.01), new(0.01)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.Gamma(0.5, 100);
            parts[i % 3].Add(values[i]);
        }

        var forward = new QuantileSketch(0.01);
        var backward = new QuantileSketch(0.01);
        foreach (QuantileSketch part in parts)
        {
            forward.Merge(part);
        }

        foreach (QuantileSketch part in parts.Reverse())
        {
            backward.Merge(part);
        }

        Array.Sort(values);
        foreach (double q in new[] { 0.0, 0.01, 0.5, 0.99, 0.999, 1.0 })
        {
            double exact = values[(int)(q * (values.Length - 1))];
            forward.Quantile(q).ShouldBe(exact, exact * 0.01);
            backward.Quantile(q).ShouldBe(forward.Quantile(q));
        }
    }

    [Fact]
    public void WhatNeverArrivesIsInfiniteInASketch()
    {
        var sketch = new QuantileSketch();
        sketch.Add(1, 98);
        sketch.Add(double.PositiveInfinity, 2);
        sketch.Quantile(0.5).ShouldBe(1, 0.006);
        sketch.Quantile(1).ShouldBe(double.PositiveInfinity);
    }
}
