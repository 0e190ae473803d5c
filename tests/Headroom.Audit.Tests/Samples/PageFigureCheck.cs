using System.Globalization;
using System.Text.RegularExpressions;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Tests.Samples;

/// <summary>Holds figures of a page against an audit: each must be the audit's value, rounded to as many digits as it shows.</summary>
internal static partial class PageFigureCheck
{
    /// <summary>What is wrong with a figure, or null.</summary>
    public static string? Problem(PageFigure figure, AuditResult audit)
    {
        ActivityResult? activity = audit.Activities.FirstOrDefault(a => a.Name == figure.Activity);
        if (activity is null)
        {
            return $"the audit has no activity '{figure.Activity}'";
        }

        bool isMoney = figure.Metric == "$";
        Finding? finding = isMoney ? activity.Headline : activity.Findings.FirstOrDefault(f => f.Metric.Name == figure.Metric);
        if (finding is null)
        {
            return $"'{figure.Activity}' has no metric '{figure.Metric}'";
        }

        (double? value, bool isThere) = figure.Strategy == PageTables.Floor
            ? (isMoney ? finding.Limit?.MoneyPerYear : finding.Limit?.Value.Number, finding.Limit is not null)
            : finding.Candidates.FirstOrDefault(c => c.Strategy == figure.Strategy) is { } candidate ? (isMoney ? candidate.MoneyPerYear : candidate.Value.Value, true) : (null, false);
        Unit unit = isMoney ? Unit.DollarPerYear : finding.Metric.Unit;
        return !isThere ? $"no '{figure.Strategy}' among the audit's candidates for {figure.Metric}"
            : value is not { } number ? $"the audit has no value of {figure.Metric} for '{figure.Strategy}'"
            : IsShown(figure.Text, figure.Factor * number, unit) ? null
            : $"'{figure.Strategy}', {figure.Metric}: the page says '{figure.Text}', the audit {new Quantity(figure.Factor * number, unit).ToHumanString()}";
    }

    /// <summary>Whether a text shows a value: its first number, with the unit behind it, within half of its last digit.</summary>
    public static bool IsShown(string text, double value, Unit unit)
    {
        Match match = NumberAndUnit().Match(text);
        if (!match.Success)
        {
            return text.StartsWith("none", StringComparison.Ordinal) && value == 0;
        }

        string digits = match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal);
        double number = double.Parse(digits, CultureInfo.InvariantCulture);
        double last = digits.Contains('.', StringComparison.Ordinal) ? Math.Pow(10, -(digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1)) : Math.Pow(10, digits.Length - Math.Max(1, digits.TrimEnd('0').Length));
        string suffix = match.Groups["unit"].Value;
        // The head of a column may say of which time it is.
        IEnumerable<double> scales = suffix.Length == 0 ? [1]
            : new[] { "", "/s", "/y" }.Select(per => Quantity.TryParse($"1 {suffix}{per}", out Quantity one, out _) && one.Dimension == unit.Dimension ? one.In(unit) : double.NaN).Where(double.IsFinite);
        return scales.Any(scale => Math.Abs((number * scale) - value) <= 0.5001 * last * scale);
    }

    [GeneratedRegex(@"(?<number>\d[\d,]*(\.\d+)?)( (?<unit>[A-Za-z]*[$%]|[A-Za-z]+))?")]
    private static partial Regex NumberAndUnit();
}
