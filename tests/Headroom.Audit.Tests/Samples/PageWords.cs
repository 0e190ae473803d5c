using System.Globalization;
using System.Text.RegularExpressions;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Tests.Samples;

/// <summary>
/// What a page says in words, tied to its audit by a comment of lines <c>"QUOTE" = TERM</c>. A quote stands in the page once, line breaks aside; its first number (a digit's or a word's, <c>nine</c>) is what the term gives, rounded as it shows:
/// <c>ACTIVITY | STRATEGY | METRIC</c>, <c>TERM - TERM</c>, <c>TERM / TERM</c>, <c>1 - TERM / TERM</c>, <c>NUMBER * TERM</c>, or <c>ACTIVITY says WORDS</c>: the number behind those words in what the audit says of its claims, candidates and runs.
/// </summary>
internal static partial class PageWords
{
    private const string Begin = "<!-- figures in words\n";
    private const string End = "\n-->";

    private static readonly string[] Numbers = ["zero", "once", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>Quotes and terms, with their lines.</summary>
    public static IReadOnlyList<(int Line, string Quote, string Term)> Read(string page)
    {
        var words = new List<(int, string, string)>();
        for (int at = page.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = page.IndexOf(Begin, at + 1, StringComparison.Ordinal))
        {
            int from = at + Begin.Length;
            int line = page.AsSpan(0, from).Count('\n') + 1;
            foreach (string text in page[from..page.IndexOf(End, from, StringComparison.Ordinal)].Split('\n'))
            {
                Match match = QuoteAndTerm().Match(text);
                match.Success.ShouldBeTrue($"line {line}: \"…\" = … is expected; found {text}");
                words.Add((line++, match.Groups["quote"].Value, match.Groups["term"].Value.Trim()));
            }
        }

        return words;
    }

    /// <summary>What is wrong with one of them, or null.</summary>
    public static string? Problem(string page, string quote, string term, AuditResult audit)
    {
        int stands = Spaces().Replace(Comments().Replace(page, ""), " ").Split(quote).Length - 1;
        if (stands != 1)
        {
            return $"\"{quote}\" stands in the page {stands} times";
        }

        string figure = NumberWord().Replace(quote, match => Array.IndexOf(Numbers, match.Value.ToLowerInvariant()).ToString(CultureInfo.InvariantCulture));
        try
        {
            if (term.Split(" says ") is [var activity, var phrase])
            {
                string said = Said(Activity(audit, activity), phrase);
                return Shows(figure, said) ? null : $"\"{quote}\": the audit says '{phrase}{said}'";
            }

            (double value, Unit unit) = Value(audit, term);
            return PageFigureCheck.IsShown(figure, value, unit) || PageFigureCheck.IsShown(FirstNumber().Match(figure).Value, value, unit.Dimension == Dimension.None ? Unit.One : unit) ? null
                : $"\"{quote}\": the audit gives {new Quantity(value, unit).ToHumanString()} for {term}";
        }
        catch (KeyNotFoundException e)
        {
            return $"\"{quote}\": {e.Message}";
        }
    }

    /// <summary>What the audit says shows the same number when it is rounded as the page rounds it.</summary>
    private static bool Shows(string figure, string said)
    {
        Match match = NumberAndRest().Match(said);
        string unit = match.Groups["unit"].Value;
        if (match.Success && Prefixed().Match(figure) is { Success: true } prefixed)
        {
            double scale = prefixed.Groups["prefix"].Value switch { "k" => 1e3, "M" => 1e6, _ => 1e9 };
            return PageFigureCheck.IsShown(prefixed.Groups["number"].Value, double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) / scale, Unit.One);
        }

        return match.Success && (Quantity.TryParse(match.Value, out Quantity quantity, out _) && unit.Length > 0 && PageFigureCheck.IsShown(figure, quantity.Value, quantity.Unit)
            || PageFigureCheck.IsShown(FirstNumber().Match(figure).Value, double.Parse(match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), Unit.One));
    }

    private static (double Value, Unit Unit) Value(AuditResult audit, string term)
    {
        if (term.StartsWith("1 - ", StringComparison.Ordinal))
        {
            return (1 - Value(audit, term[4..]).Value, Unit.One);
        }

        if (double.TryParse(term, CultureInfo.InvariantCulture, out double number))
        {
            return (number, Unit.One);
        }

        if (term.Split(" - ") is [var from, var less])
        {
            (double whole, Unit unit) = Value(audit, from);
            return (whole - Value(audit, less).Value, unit);
        }

        if (term.Split(" / ") is [var over, var under])
        {
            return (Value(audit, over).Value / Value(audit, under).Value, Unit.One);
        }

        if (term.Split(" * ") is [var factor, var times])
        {
            (double value, Unit unit) = Value(audit, times);
            return (double.Parse(factor, CultureInfo.InvariantCulture) * value, unit);
        }

        string[] parts = [.. term.Split('|').Select(part => part.Trim())];
        parts.Length.ShouldBe(3, $"'{term}': ACTIVITY | STRATEGY | METRIC");
        return PageFigureCheck.Value(parts[0], parts[1], parts[2], audit, out string? problem) is { } found ? found : throw new KeyNotFoundException(problem);
    }

    private static ActivityResult Activity(AuditResult audit, string name) => audit.Activities.FirstOrDefault(a => a.Name == name) ?? throw new KeyNotFoundException($"the audit has no activity '{name}'");

    private static string Said(ActivityResult activity, string phrase)
    {
        IEnumerable<string> texts = [.. activity.Claims.Select(claim => claim.Why), .. activity.Findings.SelectMany(finding => finding.Candidates).Select(candidate => candidate.Note), .. activity.Notes];
        foreach (string text in texts)
        {
            int at = text.IndexOf(phrase, StringComparison.Ordinal);
            if (at >= 0)
            {
                return text[(at + phrase.Length)..];
            }
        }

        throw new KeyNotFoundException($"nothing that the audit says of '{activity.Name}' holds '{phrase}'");
    }

    [GeneratedRegex("^\"(?<quote>[^\"]+)\" = (?<term>.+)$")]
    private static partial Regex QuoteAndTerm();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\b(zero|once|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NumberWord();

    /// <summary>Of a rate: 5.5 M/s.</summary>
    [GeneratedRegex(@"^(?<number>\d[\d,]*(\.\d+)?) (?<prefix>[kMG])/s")]
    private static partial Regex Prefixed();

    [GeneratedRegex(@"\d[\d,]*(\.\d+)?")]
    private static partial Regex FirstNumber();

    [GeneratedRegex(@"^\s*(?<number>\d[\d,]*(\.\d+)?)( (?<unit>[A-Za-z]*[$%]|[A-Za-z]+(/[a-z]+)?))?")]
    private static partial Regex NumberAndRest();
}
