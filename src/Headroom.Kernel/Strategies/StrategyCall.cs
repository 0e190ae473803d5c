using System.Diagnostics.CodeAnalysis;
using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Strategies;

/// <summary>A strategy as the user wrote it, its arguments complete and checked. Printed canonically: <c>rs(10,4)</c>.</summary>
public sealed record StrategyCall(StrategyForm Form, IReadOnlyList<double> Arguments)
{
    public string Name => Form.Name;

    /// <summary>One for each choice of the form.</summary>
    public IReadOnlyList<string> Words { get; init; } = [.. Form.Words.Select(word => word.Default)];

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
        string[] words = [.. form.Words.Select(word => word.Default)];
        int numbers = given.Length;
        while (form.Words.Count > 0 && numbers > 0 && IsWord(given[numbers - 1]))
        {
            if (!TryReadWord(given[--numbers].Trim(), form, words, out problem))
            {
                return false;
            }
        }

        given = given[..numbers];
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

        call = new StrategyCall(form, values) { Words = words };
        problem = null;
        return true;
    }

    /// <summary>The same strategy with other arguments, for searches.</summary>
    public static StrategyCall Of(StrategyForm form, params double[] arguments) => new(form, arguments);

    public bool Equals(StrategyCall? other) => other is not null && other.Name == Name && other.Arguments.SequenceEqual(Arguments) && other.Words.SequenceEqual(Words);

    public override int GetHashCode() => HashCode.Combine(Arguments.Count, Arguments.Count > 0 ? Arguments[0] : 0, Name.Length);

    public override string ToString()
    {
        string[] written =
        [
            .. Arguments.Select((a, i) => $"{Print.Significant(a, 9)}{(Form.Parameters[i].Unit.Symbol.Length == 0 ? "" : " " + Form.Parameters[i].Unit.Symbol)}"),
            .. Words.Where((word, i) => word != Form.Words[i].Default),
        ];
        return written.Length == 0 ? Name : $"{Name}({string.Join(',', written)})";
    }

    private static bool IsWord(string text) => text.Contains('=', StringComparison.Ordinal) || (text.Trim() is { Length: > 0 } word && char.IsAsciiLetter(word[0]));

    /// <summary>A word alone, or behind the name of its choice.</summary>
    private static bool TryReadWord(string text, StrategyForm form, string[] words, [NotNullWhen(false)] out string? problem)
    {
        string[] parts = [.. text.Split('=', 2).Select(part => part.Trim())];
        int choice = Enumerable.Range(0, form.Words.Count).FirstOrDefault(i => parts.Length == 2 ? form.Words[i].Name == parts[0] : form.Words[i].Allowed.Contains(parts[0]), -1);
        if (parts.Length == 2 && choice < 0)
        {
            problem = $"{form.Name} has no choice '{parts[0]}'; it has {string.Join(", ", form.Words)}";
            return false;
        }

        string word = parts[^1];
        if (choice < 0 || !form.Words[choice].Allowed.Contains(word))
        {
            IEnumerable<StrategyWord> asked = choice < 0 ? form.Words : [form.Words[choice]];
            string? near = NearestName.Of(word, asked.SelectMany(known => known.Allowed));
            problem = $"'{word}' is no word of {form.Name}{(near is null ? "" : $" (did you mean {near}?)")}; it takes {string.Join(", ", asked)}";
            return false;
        }

        if (words[choice] != form.Words[choice].Default && words[choice] != word)
        {
            problem = $"{form.Name} takes one {form.Words[choice].Name}, not {word} and {words[choice]}";
            return false;
        }

        words[choice] = word;
        problem = null;
        return true;
    }

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
