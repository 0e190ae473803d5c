using System.Numerics;
using Headroom.Numerics.LinearProgramming;

namespace Headroom.Numerics.Tests.LinearProgramming;

public sealed class ExactSimplexTests
{
    [Fact]
    public void ATextbookProgramHasItsOptimum()
    {
        LinearOutcome.Optimal optimum = Optimum([5, 4, 3], [[2, 3, 1], [4, 1, 2], [3, 4, 2]], [5, 11, 8]);
        (optimum.Value / optimum.Denominator).ShouldBe(13);
        optimum.Point.Select(x => x / optimum.Denominator).ShouldBe([2, 0, 1]);
        optimum.Prices.Select(x => x / optimum.Denominator).ShouldBe([1, 0, 1]);
    }

    /// <summary>Beale's program, on which the steepest coefficient alone goes round for ever.</summary>
    [Fact]
    public void ADegenerateProgramEnds()
    {
        LinearOutcome.Optimal optimum = Optimum([75, -15000, 2, -600], [[25, -6000, -4, 900], [50, -9000, -2, 300], [0, 0, 1, 0]], [0, 0, 1]);
        optimum.Value.ShouldBe(5 * optimum.Denominator);
    }

    [Fact]
    public void WhatNothingLimitsIsUnbounded() =>
        ExactSimplex.Maximise([1, 1], [[1, -1]], [3]).ShouldBe(new LinearOutcome.Unbounded());

    [Fact]
    public void ALimitBelowZeroOrARowOfAnotherLengthIsRefused()
    {
        Should.Throw<ArgumentException>(() => ExactSimplex.Maximise([1], [[1]], [-1])).Message.ShouldContain("below zero");
        Should.Throw<ArgumentException>(() => ExactSimplex.Maximise([1], [[1, 2]], [1])).Message.ShouldContain("do not make a program");
    }

    /// <summary>Programs of two unknowns: the best of all corners, by trying every pair of lines; and the prices prove it.</summary>
    [Fact]
    public void EveryOptimumIsTheBestCornerAndItsPricesProveIt()
    {
        var random = new Random(7);
        int bounded = 0;
        for (int trial = 0; trial < 2000; trial++)
        {
            int m = random.Next(1, 5);
            int[][] rows = [.. Enumerable.Range(0, m).Select(_ => new[] { random.Next(-3, 6), random.Next(-3, 6) })];
            int[] limits = [.. Enumerable.Range(0, m).Select(_ => random.Next(0, 7))];
            int[] objective = [random.Next(-2, 6), random.Next(-2, 6)];
            if (ExactSimplex.Maximise(Big(objective), [.. rows.Select(Big)], Big(limits)) is not LinearOutcome.Optimal optimum)
            {
                continue;
            }

            bounded++;
            double value = (double)optimum.Value / (double)optimum.Denominator;
            value.ShouldBe(BestCorner(objective, rows, limits), 1e-9);
            Proves(optimum, objective, rows, limits);
        }

        bounded.ShouldBeGreaterThan(500);
    }

    private static void Proves(LinearOutcome.Optimal optimum, int[] objective, int[][] rows, int[] limits)
    {
        optimum.Prices.ShouldAllBe(price => price.Sign >= 0);
        for (int j = 0; j < objective.Length; j++)
        {
            Sum(rows.Length, i => optimum.Prices[i] * rows[i][j]).ShouldBeGreaterThanOrEqualTo(objective[j] * optimum.Denominator);
        }

        Sum(rows.Length, i => optimum.Prices[i] * limits[i]).ShouldBe(optimum.Value);
        Sum(objective.Length, j => optimum.Point[j] * objective[j]).ShouldBe(optimum.Value);
        for (int i = 0; i < rows.Length; i++)
        {
            Sum(objective.Length, j => optimum.Point[j] * rows[i][j]).ShouldBeLessThanOrEqualTo(limits[i] * optimum.Denominator);
        }
    }

    private static double BestCorner(int[] objective, int[][] rows, int[] limits)
    {
        (double A, double B, double C)[] lines = [.. rows.Select((row, i) => ((double)row[0], (double)row[1], (double)limits[i])), (-1, 0, 0), (0, -1, 0)];
        double best = double.NegativeInfinity;
        for (int i = 0; i < lines.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double determinant = (lines[i].A * lines[j].B) - (lines[j].A * lines[i].B);
                if (determinant == 0)
                {
                    continue;
                }

                double x = ((lines[i].C * lines[j].B) - (lines[j].C * lines[i].B)) / determinant;
                double y = ((lines[i].A * lines[j].C) - (lines[j].A * lines[i].C)) / determinant;
                if (lines.All(line => (line.A * x) + (line.B * y) <= line.C + 1e-9))
                {
                    best = Math.Max(best, (objective[0] * x) + (objective[1] * y));
                }
            }
        }

        return best;
    }

    private static LinearOutcome.Optimal Optimum(int[] objective, int[][] rows, int[] limits) =>
        ExactSimplex.Maximise(Big(objective), [.. rows.Select(Big)], Big(limits)).ShouldBeOfType<LinearOutcome.Optimal>();

    private static BigInteger[] Big(int[] numbers) => [.. numbers.Select(number => (BigInteger)number)];

    private static BigInteger Sum(int count, Func<int, BigInteger> term) => Enumerable.Range(0, count).Aggregate(BigInteger.Zero, (sum, i) => sum + term(i));
}
