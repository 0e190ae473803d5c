using Headroom.Kernel.Quantities;

namespace Headroom.Simulation.Observation.SpaceTime;

/// <summary>An axis of time in whole steps of 1, 2 or 5 times a power of ten nanoseconds.</summary>
internal sealed class TimeAxis
{
    private static readonly (string Symbol, long Ns)[] Units = [("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1)];

    private readonly double _left;
    private readonly double _width;
    private readonly long _endNs;
    private readonly (string Symbol, long Ns) _unit;

    /// <param name="endNs">The last moment shown; the first is 0.</param>
    /// <param name="left">Where 0 lies.</param>
    /// <param name="width">Where the last moment lies, from there.</param>
    /// <param name="inRounds">Count rounds of a nanosecond.</param>
    public TimeAxis(long endNs, double left, double width, bool inRounds)
    {
        _endNs = Math.Max(1, endNs);
        _left = left;
        _width = width;
        _unit = inRounds ? ("round", 1) : Array.Find(Units, unit => _endNs >= 2 * unit.Ns);
        _unit = _unit.Ns == 0 ? Units[^1] : _unit;
        long least = _endNs / 12;
        StepNs = 1;
        for (long power = 1; StepNs <= least; power *= 10)
        {
            StepNs = power > least ? power : 2 * power > least ? 2 * power : 5 * power;
        }
    }

    public long StepNs { get; }

    public string Caption => _unit.Symbol == "round" ? "round" : $"time, {_unit.Symbol}";

    public double X(long ns) => _left + (_width * ns / _endNs);

    public IEnumerable<(double X, string Label)> Ticks()
    {
        for (long ns = 0; ns <= _endNs; ns += StepNs)
        {
            yield return (X(ns), Print.Significant((double)ns / _unit.Ns, 6));
        }
    }
}
