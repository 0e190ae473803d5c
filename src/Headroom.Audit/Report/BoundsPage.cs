using System.Text;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Report;

/// <summary>A bound's record as text for a terminal, and all of them as docs/bounds.md.</summary>
public static class BoundsPage
{
    public static string Text(Bound bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        var text = new StringBuilder();
        _ = text.AppendLine($"{bound.Id}: {bound.Title}");
        _ = text.AppendLine($"  statement    {bound.Statement}");
        _ = text.AppendLine($"  formula      {bound.Formula}");
        _ = text.AppendLine($"  unit, side   {UnitText(bound)}, {(bound.Side == Side.Floor ? "floor" : "ceiling")}");
        foreach (BoundParameter parameter in bound.Parameters)
        {
            _ = text.AppendLine($"  {parameter.Name,-12} {parameter.Meaning} ({Domain(parameter)})");
        }

        _ = text.AppendLine($"  regime       {bound.Regime}");
        _ = text.AppendLine($"  appears in   {bound.AppearsIn}");
        _ = text.AppendLine($"  means        {bound.MeansForYou}");
        _ = text.AppendLine($"  source       {bound.Citation.Place}, {References.Text(bound.Citation.Key)}");
        if (bound.Attained is { } attained)
        {
            _ = text.AppendLine($"  attained by  {attained.Instance}");
        }

        _ = text.AppendLine($"  example      headroom limit {bound.Id} {ShellQuoted(bound.Examples[0].Arguments)}");
        return text.ToString();
    }

    public static string Markdown()
    {
        var text = new StringBuilder();
        _ = text.Append("# Bounds\n\nWritten by `headroom limit --markdown` from the records in the code; a test keeps it current. ");
        _ = text.Append($"{BoundRegistry.All.Count} theorems, each with its exact regime.\n");
        foreach (Bound bound in BoundRegistry.All)
        {
            _ = text.Append($"\n## {bound.Id}\n\n**{bound.Title}** ({(bound.Side == Side.Floor ? "floor" : "ceiling")}, {UnitText(bound)}). {bound.Statement}\n\n");
            _ = text.Append($"    {bound.Formula}\n\n");
            foreach (BoundParameter parameter in bound.Parameters)
            {
                _ = text.Append($"- `{parameter.Name}`: {parameter.Meaning} ({Domain(parameter)})\n");
            }

            _ = text.Append($"\nRegime: {bound.Regime}\n\nAppears in: {bound.AppearsIn}\n\nMeans for you: {bound.MeansForYou}\n\n");
            _ = text.Append($"Source: {bound.Citation.Place}, {References.Text(bound.Citation.Key)}\n");
            if (bound.Attained is { } attained)
            {
                _ = text.Append($"\nAttained by: {attained.Instance}\n");
            }

            WorkedExample example = bound.Examples[0];
            _ = text.Append($"\nExample: `headroom limit {bound.Id} {ShellQuoted(example.Arguments)}` gives {Value(example.Expected, bound)} ({example.Source}).\n");
        }

        return text.ToString();
    }

    /// <summary>Arguments that a shell leaves alone.</summary>
    public static string ShellQuoted(BoundArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return string.Join(' ', arguments.ToString().Split(' ').Select(a => a.Contains(';', StringComparison.Ordinal) ? $"'{a}'" : a));
    }

    private static string Value(BoundValue value, Bound bound) => value switch
    {
        BoundValue.Finite finite => new Quantity(finite.Value, bound.Unit).ToString(),
        BoundValue.OutsideRegime outside => $"outside the regime: {outside.Reason}",
        _ => "unbounded",
    };

    private static string UnitText(Bound bound) => bound.Unit.Symbol.Length == 0 ? "a number" : bound.Unit.Symbol;

    private static string Domain(BoundParameter p)
    {
        string shape = p.Shape switch { ParameterShape.Integer => "whole number", ParameterShape.Vector => "vector", ParameterShape.Matrix => "matrix", _ => "number" };
        string range = (double.IsInfinity(p.Min), double.IsInfinity(p.Max) || p.Max >= 9e15) switch
        {
            (true, true) => "",
            (false, true) => $", at least {Print.Significant(p.Min, 6)}",
            (true, false) => $", at most {Print.Significant(p.Max, 6)}",
            _ => $", {Print.Significant(p.Min, 6)} to {Print.Significant(p.Max, 6)}",
        };
        string unit = p.Unit.Symbol.Length == 0 ? "" : $", in {p.Unit}";
        string fallback = p.Default is { } value ? $", default {Print.Significant(value, 6)}" : "";
        return shape + range + unit + fallback;
    }
}
