using System.Globalization;
using System.Text;

namespace Headroom.Evidence.Histories;

/// <summary>
/// The part of EDN that histories use: nil, booleans, whole numbers, texts, keywords, symbols, vectors, lists, sets, maps, comments, discarded values; tagged values count as
/// what follows the tag. Values are read one by one.
/// </summary>
internal sealed class EdnParser(string text, int line = 1, int column = 1, int start = 0)
{
    private const int DepthMax = 32;
    private const string Ends = "()[]{}\"; \t\r\n,";

    private int _at = start;
    private int _line = line;
    private int _column = column;

    /// <summary>Passes over what separates values; true at the end.</summary>
    public bool IsAtEnd() => IsAtEnd(0);

    private bool IsAtEnd(int depth)
    {
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c == ';')
            {
                while (_at < text.Length && text[_at] != '\n')
                {
                    Take();
                }
            }
            else if (c == '#' && Next(1) == '_')
            {
                Take();
                Take();
                Read(depth + 1);
            }
            else if (c == ',' || char.IsWhiteSpace(c))
            {
                Take();
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    public char Peek() => Next(0);

    /// <summary>Takes one character that opens or closes a collection around the values that are then read one by one.</summary>
    public void Take(char expected)
    {
        if (IsAtEnd() || Peek() != expected)
        {
            throw Wrong($"'{expected}' is expected");
        }

        Take();
    }

    public HistoryTerm Read() => Read(0);

    private HistoryTerm Read(int depth)
    {
        if (depth > DepthMax)
        {
            throw Wrong($"values within values, more than {DepthMax} deep");
        }

        if (IsAtEnd(depth))
        {
            throw Wrong("the file ends in the middle of a value");
        }

        (int line, int column) = (_line, _column);
        switch (Peek())
        {
            case '"':
                return new HistoryTerm(TermKind.Text, line, column) { Text = ReadText() };
            case '[':
                return new HistoryTerm(TermKind.Sequence, line, column) { Items = ReadItems(']', depth) };
            case '(':
                return new HistoryTerm(TermKind.Sequence, line, column) { Items = ReadItems(')', depth) };
            case '{':
                List<HistoryTerm> items = ReadItems('}', depth);
                return items.Count % 2 == 0 ? new HistoryTerm(TermKind.Map, line, column) { Items = items }
                    : throw new MalformedException(line, column, "a map holds keys and values in turn; the last key has no value");
            case '#' when Next(1) == '{':
                Take();
                return new HistoryTerm(TermKind.Sequence, line, column) { Items = ReadItems('}', depth) };
            case '#':
                ReadWord();
                return Read(depth + 1);
            case ')' or ']' or '}':
                throw Wrong($"'{Peek()}' closes nothing");
            default:
                return Atom(ReadWord(), line, column);
        }
    }

    private static HistoryTerm Atom(string word, int line, int column) => word switch
    {
        "nil" => new HistoryTerm(TermKind.Nil, line, column),
        "true" or "false" => new HistoryTerm(TermKind.Boolean, line, column) { Number = word == "true" ? 1 : 0 },
        [':', _, ..] => new HistoryTerm(TermKind.Keyword, line, column) { Text = word[1..] },
        _ when long.TryParse(word.EndsWith('N') ? word[..^1] : word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number != long.MinValue =>
            new HistoryTerm(TermKind.Number, line, column) { Number = number },
        _ when char.IsAsciiDigit(word[0]) || (word.Length > 1 && word[0] is '-' or '+' && char.IsAsciiDigit(word[1])) =>
            throw new MalformedException(line, column, $"whole numbers of at most 63 bits are expected; found '{(word.Length <= 40 ? word : word[..40])}'"),
        _ => new HistoryTerm(TermKind.Keyword, line, column) { Text = word },
    };

    private List<HistoryTerm> ReadItems(char close, int depth)
    {
        (int line, int column) = (_line, _column);
        char open = Take();
        var items = new List<HistoryTerm>();
        while (true)
        {
            if (IsAtEnd(depth))
            {
                throw new MalformedException(line, column, $"'{open}' is never closed by '{close}'");
            }

            if (Peek() == close)
            {
                Take();
                return items;
            }

            items.Add(Read(depth + 1));
        }
    }

    private string ReadText()
    {
        (int line, int column) = (_line, _column);
        Take();
        var read = new StringBuilder();
        while (_at < text.Length)
        {
            char c = Take();
            if (c == '"')
            {
                return read.ToString();
            }

            if (c == '\\' && _at < text.Length)
            {
                char escape = Take();
                c = escape switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    '"' or '\\' => escape,
                    _ => throw Wrong($"no escape '\\{escape}' is known; \\n, \\t, \\r, \\\" and \\\\ are"),
                };
            }

            read.Append(c);
        }

        throw new MalformedException(line, column, "the text is never closed by '\"'");
    }

    private string ReadWord()
    {
        int from = _at;
        Take();
        while (_at < text.Length && !Ends.Contains(text[_at], StringComparison.Ordinal))
        {
            Take();
        }

        return text[from.._at];
    }

    private char Next(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private char Take()
    {
        char c = text[_at++];
        (_line, _column) = c == '\n' ? (_line + 1, 1) : (_line, _column + 1);
        return c;
    }

    private MalformedException Wrong(string problem) => new(_line, _column, problem);
}
