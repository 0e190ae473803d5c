using System.Globalization;
using Headroom.Kernel.Quantities;

namespace Headroom.Evidence.Topologies;

/// <summary>A field of a line and the column where it starts.</summary>
internal readonly record struct Field(string Text, int Line, int Column)
{
    public MalformedException Fail(string problem) => new(Line, Column, problem);

    public double Number(string what)
    {
        if (!double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            throw Fail($"{what} is a number; found '{Shown}'");
        }

        return value;
    }

    /// <summary>A number from 0 to max.</summary>
    public double Amount(string what, double max)
    {
        double value = Number(what);
        return value < 0 ? throw Fail($"{what} cannot be negative; found '{Shown}'")
            : value > max ? throw Fail($"{what} is at most {Print.Significant(max, 3)}; found '{Shown}'")
            : value == 0 ? 0 : value;
    }

    public int Count(string what, int max)
    {
        if (!int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value > max)
        {
            throw Fail($"{what} is a whole number from 0 to {max}; found '{Shown}'");
        }

        return value;
    }

    public string Shown => Text.Length <= 40 ? Text : Text[..40] + "…";
}

/// <summary>Lines of fields parted by blanks; empty lines are passed over.</summary>
internal sealed class FieldLines(string text)
{
    private int _position;
    private int _line;

    /// <summary>The fields of the next line that has any, or null at the end.</summary>
    public Field[]? Next()
    {
        while (_position < text.Length)
        {
            int end = text.IndexOf('\n', _position);
            end = end < 0 ? text.Length : end;
            ReadOnlySpan<char> line = text.AsSpan(_position, end - _position).TrimEnd('\r');
            _position = end + 1;
            _line++;
            Field[] fields = Split(line);
            if (fields.Length > 0)
            {
                return fields;
            }
        }

        return null;
    }

    /// <summary>The next line, which must have this many fields.</summary>
    public Field[] Expect(int count, string form)
    {
        Field[] fields = Next() ?? throw new MalformedException(_line + 1, 1, $"the file ends where '{form}' is expected");
        if (fields.Length < count)
        {
            Field last = fields[^1];
            throw new MalformedException(last.Line, last.Column + last.Text.Length, $"the line ends early: '{form}' is expected");
        }

        return fields.Length > count ? throw fields[count].Fail($"'{form}' is expected; '{fields[count].Shown}' is too much") : fields;
    }

    /// <summary>A line of words that never vary.</summary>
    public void ExpectHeader(params string[] words)
    {
        string form = string.Join(' ', words);
        Field[] fields = Expect(words.Length, form);
        for (int i = 0; i < words.Length; i++)
        {
            if (fields[i].Text != words[i])
            {
                throw fields[i].Fail($"'{form}' is expected; found '{fields[i].Shown}'");
            }
        }
    }

    /// <summary>The line <c>WORD n</c>: the count.</summary>
    public int ExpectCount(string word, int max)
    {
        Field[] fields = Next() ?? throw new MalformedException(_line + 1, 1, $"the file ends where '{word} n' is expected");
        return fields[0].Text != word ? throw fields[0].Fail($"'{word} n' is expected; found '{fields[0].Shown}'")
            : fields.Length < 2 ? throw new MalformedException(fields[0].Line, fields[0].Column + word.Length, $"the line ends early: '{word} n' is expected")
            : fields.Length > 2 ? throw fields[2].Fail($"'{word} n' is expected; '{fields[2].Shown}' is too much")
            : fields[1].Count($"the number after {word}", max);
    }

    public void ExpectEnd(string after)
    {
        if (Next() is { } more)
        {
            throw more[0].Fail($"the end of the file is expected after {after}; found '{more[0].Shown}'");
        }
    }

    private Field[] Split(ReadOnlySpan<char> line)
    {
        var fields = new List<Field>();
        int at = 0;
        while (at < line.Length)
        {
            if (line[at] is ' ' or '\t')
            {
                at++;
                continue;
            }

            int end = line[at..].IndexOfAny(' ', '\t');
            end = end < 0 ? line.Length : at + end;
            fields.Add(new Field(line[at..end].ToString(), _line, at + 1));
            at = end;
        }

        return [.. fields];
    }
}
