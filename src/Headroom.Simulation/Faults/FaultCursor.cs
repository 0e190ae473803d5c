using System.Globalization;
using Headroom.Kernel.Quantities;

namespace Headroom.Simulation.Faults;

/// <summary>Walks over one statement of a fault plan, word by word, and knows its place.</summary>
internal struct FaultCursor(string text, int start, int end, int line, int lineStart, int members)
{
    private int _at = start;

    public readonly int Members => members;

    public readonly FaultPlanException Fail(int at, string problem) => new(line, at - lineStart + 1, problem);

    /// <summary>Where the next word begins.</summary>
    public int Next()
    {
        while (_at < end && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return _at;
    }

    public bool IsAtEnd => Next() == end;

    /// <summary>What stands next, as an error shows it.</summary>
    public string Found()
    {
        int at = Next();
        if (at == end)
        {
            return "the end";
        }

        ReadOnlySpan<char> rest = text.AsSpan(at, Math.Min(end - at, 30));
        int blank = rest.IndexOfAny(' ', '\t');
        return $"'{(blank < 0 ? rest : rest[..blank])}'";
    }

    /// <summary>A run of letters; empty when none stands next.</summary>
    public string Word()
    {
        int from = Next();
        while (_at < end && char.IsAsciiLetter(text[_at]))
        {
            _at++;
        }

        return text[from.._at];
    }

    public bool TrySkip(string mark)
    {
        int at = Next();
        if (end - at < mark.Length || !text.AsSpan(at, mark.Length).SequenceEqual(mark))
        {
            return false;
        }

        int after = at + mark.Length;
        if (char.IsAsciiLetter(mark[^1]) && after < end && char.IsAsciiLetter(text[after]))
        {
            return false;
        }

        _at = after;
        return true;
    }

    public void Expect(string mark, string form)
    {
        int at = Next();
        if (!TrySkip(mark))
        {
            throw Fail(at, $"'{form}' is expected; found {Found()} where '{mark}' belongs");
        }
    }

    public void ExpectEnd(string form)
    {
        int at = Next();
        if (at != end)
        {
            throw Fail(at, $"the statement '{form}' ends here; {Found()} is too much");
        }
    }

    /// <summary>A number with its unit, of one dimension; a time comes in seconds.</summary>
    public Quantity Amount(string what, string example, Dimension dimension)
    {
        int from = Next();
        while (_at < end && (char.IsAsciiDigit(text[_at]) || text[_at] is '.' or '+' or '-' || (text[_at] is 'e' or 'E' && _at + 1 < end && (char.IsAsciiDigit(text[_at + 1]) || text[_at + 1] is '-' or '+'))))
        {
            _at++;
        }

        if (_at == from)
        {
            throw Fail(from, $"{what} such as '{example}' is expected; found {Found()}");
        }

        string number = text[from.._at];
        int unitFrom = Next();
        while (_at < end && (char.IsLetter(text[_at]) || text[_at] is '%' or '/'))
        {
            _at++;
        }

        string unit = text[unitFrom.._at];
        if (!Quantity.TryParse($"{number} {unit}", out Quantity quantity, out string? problem))
        {
            throw Fail(from, $"{what} such as '{example}' is expected: {problem}");
        }

        return quantity.Dimension == dimension ? quantity : throw Fail(from, unit.Length == 0
            ? $"{what} needs a unit, such as '{example}'"
            : $"{what} such as '{example}' is expected; '{number} {unit}' is {quantity.Dimension}");
    }

    /// <summary>A time in whole nanoseconds.</summary>
    public long Time(string what, string example, bool mayBeNegative = false)
    {
        int from = Next();
        double ns = Math.Round(Amount(what, example, Dimension.OfTime).In("ns"));
        return ns < 0 && !mayBeNegative ? throw Fail(from, $"{what} is not negative")
            : Math.Abs(ns) > FaultPlan.TimeNsMax ? throw Fail(from, $"{what} is at most {FaultPlan.TimeNsMax / 1_000_000_000} s")
            : (long)ns;
    }

    public ulong Whole(string what)
    {
        int from = Next();
        while (_at < end && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        return ulong.TryParse(text.AsSpan(from, _at - from), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw Fail(from, $"{what} is a whole number below 2^64; found {Found()}");
    }

    /// <summary>A member's number.</summary>
    public int Member()
    {
        int from = Next();
        while (_at < end && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        if (_at == from)
        {
            throw Fail(from, $"a member from 0 to {members - 1} is expected; found {Found()}");
        }

        ReadOnlySpan<char> number = text.AsSpan(from, _at - from);
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int member) && member < members
            ? member
            : throw Fail(from, $"there is no member {(number.Length <= 20 ? number : number[..20])}: members are 0 to {members - 1}");
    }

    /// <summary>One member, or a set in braces: <c>{0-2,5}</c>.</summary>
    public List<int> MemberOrSet() => Next() < end && text[_at] == '{' ? Set() : [Member()];

    public List<int> Set()
    {
        int from = Next();
        if (!TrySkip("{"))
        {
            throw Fail(from, $"a set of members such as '{{0-2,5}}' is expected; found {Found()}");
        }

        var set = new SortedSet<int>();
        do
        {
            int at = Next();
            int first = Member();
            int last = TrySkip("-") ? Member() : first;
            if (last < first)
            {
                throw Fail(at, $"the range {first}-{last} runs backwards");
            }

            for (int member = first; member <= last; member++)
            {
                if (!set.Add(member))
                {
                    throw Fail(at, $"member {member} stands twice in the set");
                }
            }
        }
        while (TrySkip(","));
        int close = Next();
        return TrySkip("}") ? [.. set] : throw Fail(close, $"',' or '}}' is expected in a set; found {Found()}");
    }
}
