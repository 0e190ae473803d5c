using System.Globalization;
using System.Text.RegularExpressions;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Tests.Samples;

/// <summary>Holds figures of a page against an audit: each must be the audit's value, rounded to as many digits as it shows.</summary>
internal static partial class PageFigureCheck
{
    /// <summary>What is wrong with a figure, or null.</summary>
    public static string? Problem(PageFigure figure, AuditResult audit) =>
        Value(figure.Activity, figure.Strategy, figure.Metric, audit, out string? problem) is not { } found ? problem
        : IsShown(figure.Text, figure.Factor * found.Value, found.Unit) ? null
        : $"'{figure.Strategy}', {figure.Metric}: the page says '{figure.Text}', the audit {new Quantity(figure.Factor * found.Value, found.Unit).ToHumanString()}";

    /// <summary>What an audit gives for a metric of a strategy of an activity, or why it gives nothing.</summary>
    public static (double Value, Unit Unit)? Value(string name, string strategy, string metric, AuditResult audit, out string? problem)
    {
        problem = null;
        ActivityResult? activity = audit.Activities.FirstOrDefault(a => a.Name == name);
        if (activity is null)
        {
            problem = $"the audit has no activity '{name}'";
            return null;
        }

        bool isMoney = metric == "$";
        Finding? finding = isMoney ? activity.Headline : activity.Findings.FirstOrDefault(f => f.Metric.Name == metric);
        if (finding is null)
        {
            problem = $"'{name}' has no metric '{metric}'";
            return null;
        }

        (double? value, bool isThere) = strategy == PageTables.Floor
            ? (isMoney ? finding.Limit?.MoneyPerYear : finding.Limit?.Value.Number, finding.Limit is not null)
            : finding.Candidates.FirstOrDefault(c => c.Strategy == strategy) is { } candidate ? (isMoney ? candidate.MoneyPerYear : candidate.Value.Value, true) : (null, false);
        problem = !isThere ? $"no '{strategy}' among the audit's candidates for {metric}" : value is null ? $"the audit has no value of {metric} for '{strategy}'" : null;
        return value is { } number ? (number, isMoney ? Unit.DollarPerYear : finding.Metric.Unit) : null;
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
