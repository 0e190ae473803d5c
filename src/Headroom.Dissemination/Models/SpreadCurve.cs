using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// How a mean-field recursion says that a broadcast spreads: the expected share of the live members that miss it, step by step. Runs lag behind or run ahead of it by
/// the luck of their first few members, a shift that stays: W, what a branching process grows to over what it is expected to, is taken as a gamma variable of
/// mean 1, whose logarithm has the mean psi(k) - ln k with k = 1/Var W, divided by the growth rate [jagers1975, theorem 6.8.1].
/// </summary>
public sealed class SpreadCurve
{
    private readonly List<double> _missing = [];

    /// <summary>Expected share of the live members that miss it after each step, step 0 first.</summary>
    public IReadOnlyList<double> Missing => _missing;

    /// <summary>Variance of W; 0 where the start knows no chance.</summary>
    public double StartVariance { get; set; }

    public double Missed => _missing.Count == 0 ? 0 : _missing[^1];

    public void Add(double missing) => _missing.Add(missing);

    /// <summary>
    /// Expected step of the last delivery among so many live members, of those that are reached at all:
    /// sum over t of 1 - (1 - v)^(live - 1), v the share of those others that are still to be reached after t, and the shift of the start.
    /// </summary>
    public double LastStep(double live)
    {
        double sum = 0;
        for (int t = 0; t < _missing.Count && live > 1; t++)
        {
            double later = Math.Min(1, (_missing[t] - Missed) * live / (live - 1));
            sum -= later >= 1 ? -1 : Elementary.ExpM1((live - 1) * Elementary.Log1P(-later));
        }

        return sum + (sum > 0 ? Shift(live) : 0);
    }

    /// <summary>
    /// Steps by which runs are late on average. The growth rate is that at which the curve grows tenfold from where a few know of it, or from the start to a third
    /// of the members where they are few.
    /// </summary>
    private double Shift(double live)
    {
        if (StartVariance <= 0)
        {
            return 0;
        }

        double few = Math.Min(3 / live, 0.5);
        double many = Math.Max(2 * few, Math.Min(10 * few, 1.0 / 3));
        int from = _missing.FindIndex(missing => 1 - missing >= few);
        int to = _missing.FindIndex(missing => 1 - missing >= many);
        if (from < 0 || to <= from)
        {
            return 0;
        }

        double rate = Elementary.Log((1 - _missing[to]) / (1 - _missing[from])) / (to - from);
        double k = 1 / StartVariance;
        // psi(k) - ln k by its asymptotic series, the recurrence psi(k) = psi(k+1) - 1/k first where k is small.
        double mean = -Elementary.Log(k);
        for (; k < 6; k++)
        {
            mean -= 1 / k;
        }

        mean += Elementary.Log(k) - (1 / (2 * k)) - (1 / (12 * k * k)) + (1 / (120 * k * k * k * k));
        return -mean / rate;
    }
}
