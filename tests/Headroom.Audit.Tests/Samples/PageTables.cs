using System.Globalization;

namespace Headroom.Audit.Tests.Samples;

/// <summary>
/// The tables of a case's page that a comment before them ties to its audit. <c>figures: ACTIVITY | METRIC | …</c>: a row is a strategy, in backquotes, and each further column a metric, <c>METRIC * NUMBER</c>,
/// <c>$</c> or, where the audit says nothing of it, <c>-</c>. <c>figures by column: ACTIVITY, METRIC, … | …</c>: a column is a strategy, named by the head of the table, and each row an activity with metrics. <c>figures of another command</c> before a
/// table says that the page names the command.
/// </summary>
internal static class PageTables
{
    public const string Floor = "floor";

    private const string Rows = "<!-- figures: ";
    private const string Columns = "<!-- figures by column: ";
    private const string Elsewhere = "<!-- figures of another command -->";

    /// <summary>All figures, and the lines of tables that nothing ties.</summary>
    public static (IReadOnlyList<PageFigure> Figures, IReadOnlyList<int> Untied) Read(string page)
    {
        string[] lines = page.Split('\n');
        var figures = new List<PageFigure>();
        var untied = new List<int>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('|') || (i > 0 && lines[i - 1].StartsWith('|')))
            {
                continue;
            }

            string comment = i > 0 ? lines[i - 1] : "";
            int end = Array.FindIndex(lines, i, line => !line.StartsWith('|'));
            string[][] rows = [.. lines[i..(end < 0 ? lines.Length : end)].Select(Cells)];
            if (comment.StartsWith(Rows, StringComparison.Ordinal))
            {
                figures.AddRange(ByRow(Parts(comment, Rows), rows, i + 1));
            }
            else if (comment.StartsWith(Columns, StringComparison.Ordinal))
            {
                figures.AddRange(ByColumn(Parts(comment, Columns), rows, i + 1));
            }
            else if (comment != Elsewhere)
            {
                untied.Add(i + 1);
            }
        }

        return (figures, untied);
    }

    private static IEnumerable<PageFigure> ByRow(string[] parts, string[][] rows, int line)
    {
        for (int row = 2; row < rows.Length; row++)
        {
            rows[row].Length.ShouldBe(parts.Length, $"line {line + row}: as many cells as the comment has parts");
            for (int column = 1; column < parts.Length; column++)
            {
                if (Figure(line + row, parts[0], Strategy(rows[row][0]), parts[column], rows[row][column]) is { } figure)
                {
                    yield return figure;
                }
            }
        }
    }

    private static IEnumerable<PageFigure> ByColumn(string[] parts, string[][] rows, int line)
    {
        rows.Length.ShouldBe(parts.Length + 2, $"line {line}: as many rows as the comment has parts");
        for (int row = 2; row < rows.Length; row++)
        {
            string[] words = parts[row - 2].Split(", ");
            for (int column = 1; column < rows[0].Length; column++)
            {
                string[] texts = rows[row][column].Split(", ");
                for (int i = 1; i < words.Length; i++)
                {
                    if (texts[0].Length > 0 && Figure(line + row, words[0], Strategy(rows[0][column]), words[i], texts.ElementAtOrDefault(i - 1) ?? "") is { } figure)
                    {
                        yield return figure;
                    }
                }
            }
        }
    }

    private static PageFigure? Figure(int line, string activity, string strategy, string part, string text)
    {
        string[] product = part.Split(" * ");
        return part == "-" || text.Length == 0 ? null
            : new PageFigure(line, activity, strategy, product[0], product.Length == 1 ? 1 : double.Parse(product[1], CultureInfo.InvariantCulture), text.Replace("*", "", StringComparison.Ordinal));
    }

    private static string Strategy(string cell)
    {
        string[] spans = cell.Split('`');
        return spans.Length > 1 ? spans[1] : cell.StartsWith(Floor, StringComparison.Ordinal) ? Floor : cell;
    }

    private static string[] Parts(string comment, string mark) => [.. comment[mark.Length..^"-->".Length].Split('|').Select(part => part.Trim())];

    private static string[] Cells(string row) => [.. row.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
