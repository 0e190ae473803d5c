using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Comparisons.Rows;

/// <summary>Of cells that do the same the one with the least product of bytes and time (the 99th percentile), and what it gives up against the others.</summary>
internal sealed class LeastProduct
{
    private readonly ComparisonCell[] _judged;

    /// <param name="candidates">Cells with measured bytes; those that end alone are judged, unless none does.</param>
    public LeastProduct(IReadOnlyList<ComparisonCell> candidates)
    {
        ComparisonCell[] timed = [.. candidates.Where(c => Time(c) is not null)];
        _judged = timed.Length > 0 ? timed : [.. candidates];
        Best = _judged.MinBy(Score)!;
    }

    public ComparisonCell Best { get; }

    /// <summary>Bytes and time over the least of any.</summary>
    public string Figures => $"{Times(Bytes(Best), LeastBytes)} the least bytes" + (Time(Best) is { } time ? $", {Times(time, LeastTime)} the least time" : "");

    private double LeastBytes => _judged.Min(Bytes);

    private double LeastTime => _judged.Min(c => Time(c) ?? 0);

    public static double? Mean(ComparisonCell cell, string metric) => cell.Row(metric)?.Measured?.Mean;

    public static string Percent(double share) => $"{Print.Significant(100 * share, 5)} %";

    public double Score(ComparisonCell cell) => Over(Bytes(cell), LeastBytes) * Over(Time(cell) ?? 0, LeastTime);

    /// <summary>Against the one that sends least and the one that is fastest; empty for nothing.</summary>
    public IReadOnlyList<string> GivesUp()
    {
        var parts = new List<string>();
        ComparisonCell cheapest = _judged.MinBy(Bytes)!;
        ComparisonCell fastest = _judged.MinBy(c => Time(c) ?? double.PositiveInfinity)!;
        if (Bytes(cheapest) < Bytes(Best))
        {
            parts.Add($"bytes: {cheapest.Strategy} sends {Times(Bytes(cheapest), Bytes(Best))} as many, in {Times(Time(cheapest) ?? 0, Time(Best) ?? 0)} the time");
        }

        if (Time(fastest) is { } least && Time(Best) is { } own && least < own)
        {
            parts.Add($"time: {fastest.Strategy} takes {Times(least, own)} of it, for {Times(Bytes(fastest), Bytes(Best))} the bytes");
        }

        return parts;
    }

    /// <summary>The 99th percentile; null where it was not measured or one in a hundred is never reached.</summary>
    public static double? Time(ComparisonCell cell) => cell.Row("latency")?.Measured?.P99 is { } p99 && double.IsFinite(p99) ? p99 : null;

    public static string Times(double value, double of) => of > 0 ? $"{Print.Significant(value / of, 3)} times" : "as much as";

    public static double Bytes(ComparisonCell cell) => Mean(cell, "bytes")!.Value;

    private static double Over(double value, double least) => least > 0 ? value / least : 1;
}
