namespace Headroom.Kernel.Findings;

/// <summary>One price's part of a yearly cost: <c>("egress", 1200)</c>, in dollars per year.</summary>
public readonly record struct MoneyPart(string Price, double DollarsPerYear);

/// <summary>A yearly cost by the price that causes it, so that a reader can ask what happens when a price changes.</summary>
public sealed record Money(IReadOnlyList<MoneyPart> Parts)
{
    public double DollarsPerYear => Parts.Sum(part => part.DollarsPerYear);

    /// <summary>The parts whose price is known; null when none is.</summary>
    public static Money? Of(params ReadOnlySpan<(string Price, double? DollarsPerYear)> parts)
    {
        var known = new List<MoneyPart>();
        foreach ((string price, double? dollars) in parts)
        {
            if (dollars is { } value && double.IsFinite(value))
            {
                known.Add(new MoneyPart(price, value));
            }
        }

        return known.Count == 0 ? null : new Money(known);
    }
}
