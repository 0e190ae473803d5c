using Headroom.Audit.Reading;
using Headroom.Audit.Studies;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Systems;

/// <summary>Reads the claims that an activity carries, against the metrics of its kind.</summary>
internal static class ClaimReader
{
    private static readonly Key<string> MetricKey = Keys.Text("metric", "what is claimed: a metric of the kind").Required();
    private static readonly Key<Node> ValueKey = new Key<Node>("value", "a quantity in the metric's dimension", "the claimed value", (node, _) => node).Required();
    private static readonly Key<string> ByKey = Keys.Text("by", "who says so").Required();
    private static readonly Key<string> StrategyKey = Keys.Text("strategy", "the strategy it is said of; the activity's own where left out");
    private static readonly Key<string> TextKey = Keys.Text("text", "the claim in its own words");

    public static Key<IReadOnlyList<Section>> Key { get; } = Keys.Sections("claims", "what people say of this activity, to be judged", MetricKey, ValueKey, ByKey, StrategyKey, TextKey);

    public static Claim Read(Section section, string activity, KindSchema schema)
    {
        string metric = section.Get(MetricKey);
        (string Name, Unit Unit)[] known = [.. schema.Metrics.Select(m => (m.Name, m.Unit)), .. schema.ClaimTopics.Select(t => (t.Name, t.Unit))];
        if (!known.Any(k => k.Name == metric))
        {
            throw section.Fail(MetricKey, $"{schema.Kind} has no metric '{metric}'{Keys.DidYouMean(metric, known.Select(k => k.Name))}; known are {string.Join(", ", known.Select(k => k.Name))}");
        }

        Unit unit = known.First(k => k.Name == metric).Unit;
        string like = unit.Symbol.Length == 0 || unit.Dimension == Dimension.None ? "3" : $"3 {unit.Symbol}";
        Node node = section.Get(ValueKey);
        if (unit.Dimension == Dimension.None && unit.Scale == 1 && node is ScalarNode scalar && scalar.Text.EndsWith(" " + unit.Symbol, StringComparison.Ordinal))
        {
            node = scalar with { Text = scalar.Text[..^(unit.Symbol.Length + 1)] };
        }

        Quantity value = Keys.ReadQuantity("value", node, like, unit.Dimension, "0", null);
        CheckStrategy(section, schema);
        return new Claim(activity, metric, value, section.Get(ByKey))
        {
            Strategy = section.TryGet(StrategyKey, out string? strategy) ? strategy : null,
            Text = section.TryGet(TextKey, out string? text) ? text : null,
        };
    }

    /// <summary>The strategy's name must be one that the kind knows; its arguments and how it is packed are matched with the runs.</summary>
    private static void CheckStrategy(Section section, KindSchema schema)
    {
        if (!section.TryGet(StrategyKey, out string? strategy))
        {
            return;
        }

        string bare = schema.Wrappers.Count > 0 ? strategy[(strategy.LastIndexOf('+') + 1)..] : strategy;
        string name = bare.Trim().Split('(', ' ')[0];
        if (!schema.Strategies.Any(form => form.Name == name))
        {
            IEnumerable<string> known = schema.Strategies.Select(form => form.Name);
            throw section.Fail(StrategyKey, $"{schema.Kind} has no strategy '{name}'{Keys.DidYouMean(name, known)}; known are {string.Join(", ", known)}");
        }
    }
}
