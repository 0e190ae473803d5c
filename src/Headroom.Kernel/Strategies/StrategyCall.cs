using System.Diagnostics.CodeAnalysis;
using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Strategies;

/// <summary>A strategy as the user wrote it, its arguments complete and checked. Printed canonically: <c>rs(10,4)</c>.</summary>
public sealed record StrategyCall(StrategyForm Form, IReadOnlyList<double> Arguments)
{
    public string Name => Form.Name;

    public double this[int index] => Arguments[index];

    public int Int(int index) => (int)Arguments[index];

    /// <summary>Reads a strategy among those known; what is wrong is said in <paramref name="problem"/>.</summary>
    public static bool TryParse(string text, IReadOnlyList<StrategyForm> forms, [NotNullWhen(true)] out StrategyCall? call, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(forms);
        call = null;
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(', StringComparison.Ordinal);
        string name = (open < 0 ? trimmed : trimmed[..open]).Trim();
        StrategyForm? form = forms.FirstOrDefault(f => f.Name == name);
        if (form is null)
        {
            problem = $"no strategy '{name}'{Suggest(name, forms)}";
            return false;
        }

        if (open >= 0 && !trimmed.EndsWith(')'))
        {
            problem = $"'{trimmed}': the closing parenthesis is missing (inside {{ }} write it in quotes: \"{form.Example}\")";
            return false;
        }

        string inside = open < 0 ? "" : trimmed[(open + 1)..^1].Trim();
        string[] given = inside.Length == 0 ? [] : inside.Split(',');
        if (given.Length > form.Parameters.Length)
        {
            problem = $"'{trimmed}': {form.Signature} takes at most {form.Parameters.Length} argument{(form.Parameters.Length == 1 ? "" : "s")}";
            return false;
        }

        double[] values = new double[form.Parameters.Length];
        for (int i = 0; i < values.Length; i++)
        {
            StrategyParameter parameter = form.Parameters[i];
            if (i < given.Length ? !TryReadArgument(given[i], parameter, form, out values[i], out problem) : !TryDefault(parameter, form, trimmed, out values[i], out problem))
            {
                return false;
            }
        }

        call = new StrategyCall(form, values);
        problem = null;
        return true;
    }

    /// <summary>The same strategy with other arguments, for searches.</summary>
    public static StrategyCall Of(StrategyForm form, params double[] arguments) => new(form, arguments);

    public bool Equals(StrategyCall? other) => other is not null && other.Name == Name && other.Arguments.SequenceEqual(Arguments);

    public override int GetHashCode() => HashCode.Combine(Arguments.Count, Arguments.Count > 0 ? Arguments[0] : 0, Name.Length);

    public override string ToString() => Arguments.Count == 0
        ? Name
        : $"{Name}({string.Join(',', Arguments.Select((a, i) => $"{Print.Significant(a, 9)}{(Form.Parameters[i].Unit.Symbol.Length == 0 ? "" : " " + Form.Parameters[i].Unit.Symbol)}"))})";

    private static bool TryDefault(StrategyParameter parameter, StrategyForm form, string text, out double value, [NotNullWhen(false)] out string? problem)
    {
        value = parameter.Default ?? 0;
        problem = parameter.Default is null ? $"'{text}': {form.Signature} needs {parameter.Name}" : null;
        return problem is null;
    }

    private static bool TryReadArgument(string text, StrategyParameter parameter, StrategyForm form, out double value, [NotNullWhen(false)] out string? problem)
    {
        value = 0;
        if (!Quantity.TryParse(text, out Quantity quantity, out string? wrong))
        {
            problem = $"{form.Signature}: {parameter.Name}: {wrong}";
            return false;
        }

        if (quantity.Dimension != parameter.Unit.Dimension)
        {
            problem = $"{form.Signature}: {parameter.Name} is {parameter.Unit.Dimension}{(parameter.Unit.Symbol.Length > 0 ? $" in {parameter.Unit}" : "")}; found '{text.Trim()}'";
            return false;
        }

        value = parameter.Unit.Symbol.Length == 0 ? quantity.Base : quantity.In(parameter.Unit);
        if (value < parameter.Min || value > parameter.Max || (parameter.IsWhole && value != Math.Floor(value)))
        {
            string whole = parameter.IsWhole ? "a whole number " : "";
            problem = $"{form.Signature}: {parameter.Name} is {whole}between {Print.Significant(parameter.Min, 6)} and {Print.Significant(parameter.Max, 6)}; found '{text.Trim()}'";
            return false;
        }

        problem = null;
        return true;
    }

    private static string Suggest(string name, IReadOnlyList<StrategyForm> forms)
    {
        string? near = NearestName.Of(name, forms.Select(f => f.Name));
        return near is null ? $"; known are {string.Join(", ", forms.Select(f => f.Signature))}" : $" (did you mean {near}?)";
    }
}
