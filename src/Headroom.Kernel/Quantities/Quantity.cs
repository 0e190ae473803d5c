using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Headroom.Kernel.Quantities;

/// <summary>
/// A number with its unit. <see cref="Value"/> counts the unit; <see cref="Base"/> counts bits, seconds, dollars and joules.
/// Printed in the unit it was written in.
/// </summary>
public readonly record struct Quantity(double Value, Unit Unit)
{
    public Dimension Dimension => Unit.Dimension;

    /// <summary>The value in base units.</summary>
    public double Base => Value * Unit.Scale;

    /// <summary>The value in another unit of the same dimension.</summary>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public double In(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (unit.Dimension != Dimension)
        {
            throw new ArgumentException($"{this} is {Dimension}, {unit} is {unit.Dimension}", nameof(unit));
        }

        return unit.Scale == Unit.Scale ? Value : Base / unit.Scale;
    }

    public double In(string unit) => In(Unit.Parse(unit));

    public Quantity To(Unit unit) => new(In(unit), unit);

    public static Quantity Of(double value, string unit) => new(value, Unit.Parse(unit));

    public static Quantity Parse(string text) =>
        TryParse(text, out Quantity quantity, out string? problem) ? quantity : throw new FormatException(problem);

    /// <summary>Reads a finite decimal number followed by a unit: <c>40 ms</c>, <c>20/min</c>, <c>1e-9</c>. Digits are not grouped.</summary>
    public static bool TryParse(string text, out Quantity quantity, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        quantity = default;
        string trimmed = text.Trim();
        int end = NumberLength(trimmed);
        if (end == 0)
        {
            problem = $"'{Shorten(trimmed)}' does not begin with a number";
            return false;
        }

        if (!double.TryParse(trimmed.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            problem = $"'{Shorten(trimmed[..end])}' is not a finite number";
            return false;
        }

        string rest = trimmed[end..].Trim();
        if (rest.StartsWith(',') || rest.StartsWith('_'))
        {
            problem = $"'{Shorten(trimmed)}': digits are written without separators";
            return false;
        }

        Unit? unit = Unit.One;
        if (rest.Length > 0 && !Unit.TryParse(rest, out unit, out problem))
        {
            return false;
        }

        quantity = new Quantity(value, unit!);
        if (!double.IsFinite(quantity.Base))
        {
            problem = $"'{Shorten(trimmed)}' is too large";
            return false;
        }

        problem = null;
        return true;
    }

    /// <summary>As written: value to six significant digits, a space, the unit; <c>%</c> and <c>/s</c> stand close.</summary>
    public override string ToString()
    {
        string symbol = Unit.Symbol;
        string number = Print.Significant(Value, 6);
        return symbol.Length == 0 ? number : symbol[0] is '/' ? number + symbol : $"{number} {symbol}";
    }

    /// <summary>For people: the prefix that leaves one to three digits before the point, four significant digits.</summary>
    public string ToHumanString() => Print.Human(this);

    private static int NumberLength(string text)
    {
        int i = 0;
        if (i < text.Length && text[i] is '+' or '-')
        {
            i++;
        }

        int digits = 0;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '.'))
        {
            digits += text[i] == '.' ? 0 : 1;
            i++;
        }

        if (digits == 0)
        {
            return 0;
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            int j = i + 1;
            if (j < text.Length && text[j] is '+' or '-')
            {
                j++;
            }

            if (j < text.Length && char.IsAsciiDigit(text[j]))
            {
                while (j < text.Length && char.IsAsciiDigit(text[j]))
                {
                    j++;
                }

                return j;
            }
        }

        return i;
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
