using System.Globalization;

namespace Headroom.Coding.Tests.Bounds;

/// <summary>
/// Best-known linear codes over 2, 3 and 4 symbols as GUAVA's tables give them (Debian's gap-guava; Brouwer's tables of May 2006). An entry is a distance, or
/// the construction or argument by which it follows from other entries: the numbers are explained at the head of each file.
/// </summary>
internal sealed class GuavaTable
{
    private const string Folder = "/usr/share/gap/pkg/guava/tbl";
    private readonly int _q;

    /// <summary>By kind (0 lower, 1 upper), length and dimension, both from 1: the entry's numbers, empty where there is none.</summary>
    private readonly int[][][][] _entries;
    private readonly int[][][] _found;

    private GuavaTable(int q, int[][][][] entries)
    {
        (_q, _entries) = (q, entries);
        _found = [.. entries.Select(kind => (int[][])[.. Enumerable.Range(0, kind.Length + 1).Select(n => new int[n + 1])])];
    }

    /// <summary>Lengths that both tables hold; that of lower entries goes one further, for codes from which others are derived.</summary>
    public int Length => _entries.Min(kind => kind.Length);

    public static string PathOf(int q) => $"{Folder}/bdtable{q}.g";

    public static GuavaTable Read(int q)
    {
        string[] tables = File.ReadAllText(PathOf(q)).Split("GUAVA_BOUNDS_TABLE[").Skip(1).ToArray();
        return new GuavaTable(q, [.. tables.Select(table => Rows(Uncommented(table[table.IndexOf(":=", StringComparison.Ordinal)..])))]);
    }

    /// <summary>A code of this distance exists.</summary>
    public int Lower(int n, int k) => Find(0, n, k);

    /// <summary>None of a greater distance exists.</summary>
    public int Upper(int n, int k) => Find(1, n, k);

    private int Find(int kind, int n, int k)
    {
        if (k == 0)
        {
            return n;
        }

        // 0 says: not known yet. No distance is 0.
        return _found[kind][n][k] != 0 ? _found[kind][n][k] : _found[kind][n][k] = Derive(kind, n, k);
    }

    private int Derive(int kind, int n, int k)
    {
        if (k == 1)
        {
            return n;
        }

        if (k == 2 && _q == 2)
        {
            return (2 * ((n + 1) / 3)) - (n % 3 / 2);
        }

        if (k >= n - 1)
        {
            return n - k + 1;
        }

        int[] entry = k <= _entries[kind][n - 1].Length ? _entries[kind][n - 1][k - 1] : [];
        return entry.Length == 0 ? (kind == 0 ? 2 : n - k + 1) : kind == 0 ? Lower(n, k, entry) : Upper(n, k, entry);
    }

    private int Lower(int n, int k, int[] entry) => entry[0] switch
    {
        0 => entry[1],
        1 => Lower(n + 1, k + 1),
        2 => Lower(n + 1, k) - 1,
        3 => Lower(n - 1, k) is var d && _q == 2 && d % 2 == 1 ? d + 1 : d,
        4 => Lower(n + entry[1], k + entry[1] - 1),
        5 => Math.Min(2 * Lower(n / 2, entry[1]), Lower(n / 2, k - entry[1])),
        6 => Lower(n - entry[1], k) + Lower(entry[1], k),
        7 => ((entry[1] > Length ? entry[1] - n : Lower(entry[1], k + 1)) + _q - 1) / _q,
        20 => Lower(n, k + 1),
        21 => Lower(n + entry[1], k + entry[1] - (2 * entry[2]) - 1) - (2 * entry[2]),
        22 => UAndThreeParts(n, entry[1], entry[2], k - entry[1] - entry[2]),
        _ => throw new InvalidDataException($"[{n},{k}]: no construction {entry[0]}"),
    };

    private int UAndThreeParts(int n, int k1, int k2, int k3) => Math.Min(
        k1 > 0 ? 3 * Lower(n / 3, k1) : n, Math.Min(k2 > 0 ? 2 * Lower(n / 3, k2) : n, k3 > 0 ? Lower(n / 3, k3) : n));

    private int Upper(int n, int k, int[] entry) => entry[0] switch
    {
        0 or 15 or 16 => entry[1],
        11 => Upper(n - 1, k - 1),
        12 => Upper(n - 1, k) + 1,
        13 => Upper(n + 1, k) is var d && _q == 2 && d % 2 == 1 ? d - 1 : d,
        14 => Upper(n - entry[1], k - entry[1] + 1),
        _ => throw new InvalidDataException($"[{n},{k}]: no argument {entry[0]}"),
    };

    private static string Uncommented(string text) => string.Join('\n', text.Split('\n').Where(line => !line.StartsWith('#')));

    /// <summary>A list of lists of entries, each a number, a list of numbers (a word among them is skipped), or nothing between commas.</summary>
    private static int[][][] Rows(string text)
    {
        var rows = new List<int[][]>();
        List<int[]>? row = null;
        List<int>? list = null;
        int depth = 0;
        int[] entry = [];
        bool any = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '[')
            {
                depth++;
                (row, list) = depth == 2 ? ([], null) : depth == 3 ? (row, []) : (row, list);
                any = depth == 3 && any;
            }
            else if (c == '"')
            {
                i = text.IndexOf('"', i + 1);
            }
            else if (char.IsAsciiDigit(c))
            {
                int end = i;
                while (char.IsAsciiDigit(text[end]))
                {
                    end++;
                }

                int number = int.Parse(text[i..end], CultureInfo.InvariantCulture);
                (entry, any) = depth == 3 ? (entry, any) : ([number], true);
                list?.Add(number);
                i = end - 1;
            }
            else if (c == ',' && depth == 2)
            {
                row!.Add(entry);
                (entry, any) = ([], true);
            }
            else if (c == ']')
            {
                if (depth == 3)
                {
                    (entry, list, any) = ([.. list!], null, true);
                }
                else if (depth == 2)
                {
                    rows.Add(any ? [.. row!, entry] : []);
                    (entry, any) = ([], false);
                }

                depth--;
                if (depth == 0)
                {
                    break;
                }
            }
        }

        return [.. rows];
    }
}
