using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Reading;

/// <summary>A strategy as the user wrote it, its arguments complete and checked. Printed canonically: <c>rs(10,4)</c>.</summary>
public sealed record StrategyCall(StrategyForm Form, IReadOnlyList<double> Arguments)
{
    public string Name => Form.Name;

    public double this[int index] => Arguments[index];

    public int Int(int index) => (int)Arguments[index];

    public static StrategyCall Parse(string text, IReadOnlyList<StrategyForm> forms, Mark mark)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(forms);
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(', StringComparison.Ordinal);
        string name = (open < 0 ? trimmed : trimmed[..open]).Trim();
        StrategyForm form = forms.FirstOrDefault(f => f.Name == name)
            ?? throw new InputException(mark, $"no strategy '{name}'{Suggest(name, forms)}");
        string[] given = [];
        if (open >= 0)
        {
            if (!trimmed.EndsWith(')'))
            {
                throw new InputException(mark, $"'{trimmed}': the closing parenthesis is missing (inside {{ }} write it in quotes: \"{form.Example}\")");
            }

            string inside = trimmed[(open + 1)..^1].Trim();
            given = inside.Length == 0 ? [] : inside.Split(',');
        }

        if (given.Length > form.Parameters.Length)
        {
            throw new InputException(mark, $"'{trimmed}': {form.Signature} takes at most {form.Parameters.Length} argument{(form.Parameters.Length == 1 ? "" : "s")}");
        }

        double[] values = new double[form.Parameters.Length];
        for (int i = 0; i < values.Length; i++)
        {
            StrategyParameter parameter = form.Parameters[i];
            values[i] = i < given.Length ? Argument(given[i], parameter, form, mark)
                : parameter.Default ?? throw new InputException(mark, $"'{trimmed}': {form.Signature} needs {parameter.Name}");
        }

        return new StrategyCall(form, values);
    }

    /// <summary>The same strategy with other arguments, for searches.</summary>
    public static StrategyCall Of(StrategyForm form, params double[] arguments) => new(form, arguments);

    public bool Equals(StrategyCall? other) => other is not null && other.Name == Name && other.Arguments.SequenceEqual(Arguments);

    public override int GetHashCode() => HashCode.Combine(Arguments.Count, Arguments.Count > 0 ? Arguments[0] : 0, Name.Length);

    public override string ToString() => Arguments.Count == 0
        ? Name
        : $"{Name}({string.Join(',', Arguments.Select((a, i) => $"{Print.Significant(a, 9)}{(Form.Parameters[i].Unit.Symbol.Length == 0 ? "" : " " + Form.Parameters[i].Unit.Symbol)}"))})";

    private static double Argument(string text, StrategyParameter parameter, StrategyForm form, Mark mark)
    {
        if (!Quantity.TryParse(text, out Quantity quantity, out string? problem))
        {
            throw new InputException(mark, $"{form.Signature}: {parameter.Name}: {problem}");
        }

        if (quantity.Dimension != parameter.Unit.Dimension)
        {
            throw new InputException(mark, $"{form.Signature}: {parameter.Name} is {parameter.Unit.Dimension}{(parameter.Unit.Symbol.Length > 0 ? $" in {parameter.Unit}" : "")}; found '{text.Trim()}'");
        }

        double value = parameter.Unit.Symbol.Length == 0 ? quantity.Base : quantity.In(parameter.Unit);
        if (value < parameter.Min || value > parameter.Max || (parameter.IsWhole && value != Math.Floor(value)))
        {
            string whole = parameter.IsWhole ? "a whole number " : "";
            throw new InputException(mark, $"{form.Signature}: {parameter.Name} is {whole}between {Print.Significant(parameter.Min, 6)} and {Print.Significant(parameter.Max, 6)}; found '{text.Trim()}'");
        }

        return value;
    }

    private static string Suggest(string name, IReadOnlyList<StrategyForm> forms)
    {
        string? near = NearestName.Of(name, forms.Select(f => f.Name));
        return near is null ? $"; known are {string.Join(", ", forms.Select(f => f.Signature))}" : $" (did you mean {near}?)";
    }
}
