using System.Globalization;

namespace Headroom.Evidence.Histories;

/// <summary>
/// What Jepsen logs of operations: a line that holds <c>jepsen.util - </c>, then process, type, function and value, separated by white space. Lines of others are passed over,
/// and what the nemesis does.
/// </summary>
internal static class JepsenLogReader
{
    public const string Mark = "jepsen.util - ";

    public static IEnumerable<HistoryEvent> Read(string text)
    {
        int number = 0;
        int start = 0;
        while (start < text.Length)
        {
            number++;
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            string line = text[start..end];
            start = end + 1;
            int mark = line.IndexOf(Mark, StringComparison.Ordinal);
            if (mark >= 0 && Event(line, mark + Mark.Length, number) is { } found)
            {
                yield return found;
            }
        }
    }

    private static HistoryEvent? Event(string line, int at, int number)
    {
        string process = Word(line, ref at);
        if (process == ":nemesis")
        {
            return null;
        }

        if (!long.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out long client))
        {
            throw new MalformedException(number, at - process.Length + 1, $"the number of a process is expected after '{Mark}'; found '{process}'");
        }

        string type = Word(line, ref at);
        HistoryEventKind kind = HistoryFields.Kind(type.TrimStart(':'), number, at - type.Length + 1);
        string function = Word(line, ref at);
        if (function.Length < 2 || function[0] != ':')
        {
            throw new MalformedException(number, at - function.Length + 1, $"a function such as :read is expected after {type}; found '{function}'");
        }

        var value = new EdnParser(line, number, at + 1, at);
        return new HistoryEvent(number, line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length + 1, client, kind, function[1..], null, value.IsAtEnd() ? HistoryTerm.Nothing : value.Read());
    }

    private static string Word(string line, ref int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
        {
            at++;
        }

        int from = at;
        while (at < line.Length && !char.IsWhiteSpace(line[at]))
        {
            at++;
        }

        return line[from..at];
    }
}
