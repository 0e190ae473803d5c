using System.Globalization;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Reading;

/// <summary>Makes keys: each reads one kind of value and says what it expects.</summary>
public static class Keys
{
    /// <summary>A quantity of the dimension of <paramref name="like"/> (<c>"40 ms"</c>), between two values written the same way.</summary>
    public static Key<Quantity> Quantity(string name, string like, string summary, string? min = "0", string? max = null)
    {
        Dimension dimension = Kernel.Quantities.Quantity.Parse(like).Dimension;
        return new Key<Quantity>(name, $"{dimension}, such as {like}", summary, (node, _) => ReadQuantity(name, node, like, dimension, min, max));
    }

    /// <summary>A quantity above zero.</summary>
    public static Key<Quantity> Positive(string name, string like, string summary) =>
        Checked(Quantity(name, like, summary), (node, q) => q.Value > 0 ? null : $"'{name}' must be above zero; found {node.Describe()}");

    /// <summary>A whole number, with k, M or G if wanted, and the noun it counts: <c>1000</c>, <c>2.8 G</c>, <c>2 failures</c>.</summary>
    public static Key<long> Count(string name, string summary, long min = 0, long max = 1_000_000_000_000, string noun = "") =>
        new(name, noun.Length == 0 ? "a whole number" : $"a whole number of {noun}", summary, (node, _) => ReadCount(name, node, min, max, noun));

    /// <summary>A share between 0 and 1, written <c>0.1 %</c> or <c>0.001</c>; read as a plain number.</summary>
    public static Key<double> Share(string name, string summary, double min = 0, double max = 1) =>
        new(name, "a share, such as 0.1 % or 1e-9", summary, (node, _) => ReadShare(name, node, min, max));

    /// <summary>A plain number.</summary>
    public static Key<double> Number(string name, string summary, double min = 0, double max = double.MaxValue) =>
        new(name, "a number", summary, (node, _) => ReadNumber(name, node, min, max));

    public static Key<string> Text(string name, string summary) =>
        new(name, "text", summary, (node, _) => ReadText(name, node, "text"));

    /// <summary>One of a few words.</summary>
    public static Key<string> Choice(string name, string summary, params string[] choices) =>
        new(name, string.Join(" | ", choices), summary, (node, _) =>
        {
            string text = ReadText(name, node, $"one of {string.Join(", ", choices)}");
            return choices.Contains(text) ? text : throw new InputException(node.Mark, $"'{name}' is one of {string.Join(", ", choices)}; found {node.Describe()}{DidYouMean(text, choices)}");
        });

    /// <summary>An existing file, relative to the system file; read as its full path.</summary>
    public static Key<string> File(string name, string summary) =>
        new(name, "a file", summary, (node, context) => InputFiles.One(name, ReadText(name, node, "a file"), node.Mark, context));

    /// <summary>Files: a name, a list of names, or a pattern such as <c>logs/*.log</c>; read as full paths in ordinal order.</summary>
    public static Key<IReadOnlyList<string>> Files(string name, string summary) =>
        new(name, "a file, a list of files, or a pattern such as logs/*.log", summary, (node, context) => InputFiles.Many(name, node, context));

    /// <summary>A strategy: <c>replication(3)</c>, <c>gzip</c>.</summary>
    public static Key<StrategyCall> Strategy(string name, string summary, IReadOnlyList<StrategyForm> forms) =>
        new(name, "a strategy, such as " + string.Join(", ", forms.Take(3).Select(f => f.Example)), summary,
            (node, _) => ReadStrategy(name, node, forms));

    public static Key<IReadOnlyList<StrategyCall>> Strategies(string name, string summary, IReadOnlyList<StrategyForm> forms) =>
        new(name, "a list of strategies", summary, (node, _) => node is SequenceNode list
            ? [.. list.Items.Select(item => ReadStrategy(name, item, forms))]
            : [ReadStrategy(name, node, forms)]);

    /// <summary>A share in whole percent.</summary>
    public static Key<int> Percent(string name, string summary, int min = 0, int max = 100) =>
        new(name, "a share in whole percent, such as 30 %", summary, (node, _) =>
        {
            double percent = 100 * ReadShare(name, node, min / 100.0, max / 100.0);
            return Math.Abs(percent - Math.Round(percent)) < 1e-9 ? (int)Math.Round(percent)
                : throw new InputException(node.Mark, $"'{name}' is a whole number of percent, such as {(percent < max / 2.0 ? Math.Ceiling(percent) : Math.Floor(percent))} %; found {node.Describe()}");
        });

    /// <summary>A mapping of further keys.</summary>
    public static Key<Section> Section(string name, string summary, params Key[] keys) =>
        new(name, "a mapping", summary, (node, context) => Reading.Section.Read(node, $"'{name}'", keys, context)) { Below = keys };

    /// <summary>A list of mappings of the same keys.</summary>
    public static Key<IReadOnlyList<Section>> Sections(string name, string summary, params Key[] keys) =>
        new(name, "a list of mappings", summary, (node, context) => node is SequenceNode list
            ? [.. list.Items.Select((item, i) => Reading.Section.Read(item, $"item {i + 1} of '{name}'", keys, context))]
            : throw new InputException(node.Mark, $"'{name}' is a list (each item begins with '- '); found {node.Describe()}"))
        { Below = keys };

    /// <summary>The same key with one more rule, which returns what is wrong or null.</summary>
    public static Key<T> Checked<T>(Key<T> key, Func<Node, T, string?> problem)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        return key with
        {
            Read = (node, context) =>
            {
                T value = key.Read(node, context);
                return problem(node, value) is { } wrong ? throw new InputException(node.Mark, wrong) : value;
            },
        };
    }

    internal static string ReadText(string name, Node node, string expected) =>
        node is ScalarNode { Text.Length: > 0 } scalar ? scalar.Text : throw new InputException(node.Mark, $"'{name}' is {expected}; found {node.Describe()}");

    internal static Quantity ReadQuantity(string name, Node node, string like, Dimension dimension, string? min, string? max)
    {
        string text = ReadText(name, node, $"{dimension}, such as {like}");
        if (!Kernel.Quantities.Quantity.TryParse(text, out Quantity quantity, out string? problem))
        {
            throw new InputException(node.Mark, $"'{name}' is {dimension}, such as {like}: {problem}");
        }

        if (quantity.Dimension != dimension)
        {
            string why = quantity.Dimension == Dimension.None && dimension != Dimension.None ? "has no unit" : $"is {quantity.Dimension}";
            throw new InputException(node.Mark, $"'{name}' is {dimension}, such as {like}; '{text}' {why}");
        }

        if (min is not null && quantity.Base < Kernel.Quantities.Quantity.Parse(min).Base)
        {
            throw new InputException(node.Mark, $"'{name}' cannot be below {min}; found '{text}'");
        }

        if (max is not null && quantity.Base > Kernel.Quantities.Quantity.Parse(max).Base)
        {
            throw new InputException(node.Mark, $"'{name}' cannot be above {max}; found '{text}'");
        }

        return quantity;
    }

    private static long ReadCount(string name, Node node, long min, long max, string noun)
    {
        string text = ReadText(name, node, "a whole number");
        string number = text.Trim();
        if (noun.Length > 0)
        {
            foreach (string word in new[] { noun, noun.EndsWith('s') ? noun[..^1] : noun })
            {
                if (number.EndsWith(" " + word, StringComparison.Ordinal))
                {
                    number = number[..^word.Length].TrimEnd();
                }
            }
        }

        double scale = number.Length > 1 ? number[^1] switch { 'k' => 1e3, 'M' => 1e6, 'G' => 1e9, _ => 1 } : 1;
        string digits = scale > 1 ? number[..^1].TrimEnd() : number;
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            throw new InputException(node.Mark, $"'{name}' is a whole number{(noun.Length > 0 ? $" of {noun}" : "")}; found {node.Describe()}");
        }

        value = Math.Round(value * scale, 6);
        if (value != Math.Floor(value))
        {
            throw new InputException(node.Mark, $"'{name}' is a whole number; found {node.Describe()}");
        }

        return value >= min && value <= max ? (long)value
            : throw new InputException(node.Mark, $"'{name}' lies between {min} and {max}; found {node.Describe()}");
    }

    private static double ReadShare(string name, Node node, double min, double max)
    {
        double value = ReadQuantity(name, node, "0.1 %", Dimension.None, null, null).Base;
        return value >= min && value <= max ? value
            : throw new InputException(node.Mark, $"'{name}' is a share between {Shown(min)} and {Shown(max)}; found {node.Describe()}");
    }

    private static double ReadNumber(string name, Node node, double min, double max)
    {
        string text = ReadText(name, node, "a number");
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            throw new InputException(node.Mark, $"'{name}' is a plain number; found {node.Describe()}");
        }

        return value >= min && value <= max ? value
            : throw new InputException(node.Mark, $"'{name}' lies between {Print.Significant(min, 6)} and {Print.Significant(max, 6)}; found {node.Describe()}");
    }

    private static string Shown(double share) => $"{Print.Significant(share * 100, 6)} %";

    internal static string DidYouMean(string typed, IEnumerable<string> known)
    {
        string? near = NearestName.Of(typed, known);
        return near is null ? "" : $" (did you mean {near}?)";
    }

    private static StrategyCall ReadStrategy(string name, Node node, IReadOnlyList<StrategyForm> forms) =>
        StrategyCall.TryParse(ReadText(name, node, "a strategy"), forms, out StrategyCall? call, out string? problem)
            ? call
            : throw new InputException(node.Mark, problem);
}
