using System.Numerics;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// Turns a matrix into panels, row groups and compiled coefficients in their order of use. O(entries). In one pass: rows stay together whatever they hold, and
/// all inputs of a group are read before any of its outputs is written, at every step.
/// </summary>
internal sealed class MatrixCompiler<TField, T>(int rows, int columns, Func<int, int, T> entry, KernelPath path, bool inOnePass = false)
    where TField : struct, IGaloisField<T>
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    private const int GroupMax = 4;

    /// <summary>Inputs read side by side: hardware follows about a dozen streams by itself, and loses track of more. Longer rows are summed in parts.</summary>
    private const int StreamsMax = 12;

    private readonly List<byte> _coefficients = [];

    public CompiledMatrix Compile()
    {
        var panels = new List<Panel>();
        for (int firstOutput = 0; firstOutput < rows; firstOutput += Panel.Max)
        {
            int outputs = Math.Min(Panel.Max, rows - firstOutput);
            int firstInput = 0;
            do
            {
                int inputs = Math.Min(Panel.Max, columns - firstInput);
                RowGroup[] groups = [.. Groups(firstOutput, outputs, firstInput, inputs)];
                panels.Add(new Panel(firstOutput, outputs, firstInput, inputs, groups, groups.Any(group => group.Adds) || columns > Panel.Max));
                firstInput += Panel.Max;
            }
            while (firstInput < columns);
        }

        return new CompiledMatrix(columns, rows, Math.Max(1, TField.Bits / 8), path, [.. panels], [.. _coefficients]);
    }

    /// <summary>First the first inputs of all groups of rows, then the next: what was read stays in cache while all outputs use it.</summary>
    private IEnumerable<RowGroup> Groups(int firstOutput, int outputs, int firstInput, int inputs)
    {
        T Entry(int i, int j) => entry(firstOutput + i, firstInput + j);
        (int[] Rows, int[] Inputs, bool IsSum)[] together = [.. inOnePass ? AsTheyCome(Entry, outputs, inputs) : Together(Entry, outputs, inputs)];
        for (int part = 0, left = 1; left > 0; part++)
        {
            left = 0;
            foreach ((int[] group, int[] used, bool isSum) in together)
            {
                int parts = inOnePass ? 1 : Math.Max(1, (used.Length + StreamsMax - 1) / StreamsMax);
                left += part + 1 < parts ? 1 : 0;
                if (part < parts)
                {
                    int[] some = used[(used.Length * part / parts)..(used.Length * (part + 1) / parts)];
                    yield return new RowGroup(group, some, Adds: part > 0, isSum, Compile(Entry, group, some, isSum));
                }
            }
        }
    }

    private static IEnumerable<(int[] Rows, int[] Inputs, bool IsSum)> AsTheyCome(Func<int, int, T> entry, int outputs, int inputs) =>
        Evenly(0, outputs).Select(rows => (rows, Enumerable.Range(0, inputs).Where(j => rows.Any(i => !T.IsZero(entry(i, j)))).ToArray(), false));

    /// <summary>Rows that are computed in one pass. Rows of ones stand alone; others stay together while at most a quarter of the entries of their inputs are zeros.</summary>
    private static IEnumerable<(int[] Rows, int[] Inputs, bool IsSum)> Together(Func<int, int, T> entry, int outputs, int inputs)
    {
        int[][] used = new int[outputs][];
        bool[] isSum = new bool[outputs];
        for (int i = 0; i < outputs; i++)
        {
            used[i] = [.. Enumerable.Range(0, inputs).Where(j => !T.IsZero(entry(i, j)))];
            isSum[i] = used[i].All(j => entry(i, j) == T.One);
        }

        for (int i = 0; i < outputs;)
        {
            var union = new HashSet<int>(used[i]);
            int entries = used[i].Length;
            int end = i + 1;
            for (; end < outputs && !isSum[i] && !isSum[end]; end++)
            {
                int grown = union.Count + used[end].Count(j => !union.Contains(j));
                if (4 * (entries + used[end].Length) < 3 * grown * (end + 1 - i))
                {
                    break;
                }

                union.UnionWith(used[end]);
                entries += used[end].Length;
            }

            foreach (int[] group in Evenly(i, end))
            {
                yield return (group, [.. group.SelectMany(row => used[row]).Distinct().Order()], isSum[i]);
            }

            i = end;
        }
    }

    /// <summary>Five rows are three and two, six are three and three.</summary>
    private static IEnumerable<int[]> Evenly(int from, int to)
    {
        for (int parts = (to - from + GroupMax - 1) / GroupMax; parts > 0; parts--)
        {
            int[] group = [.. Enumerable.Range(from, (to - from + parts - 1) / parts)];
            yield return group;
            from += group.Length;
        }
    }

    /// <summary>Input by input, within it row by row.</summary>
    /// <returns>Where the group's coefficients begin.</returns>
    private int Compile(Func<int, int, T> entry, int[] group, int[] inputs, bool isSum)
    {
        int start = _coefficients.Count;
        Span<byte> compiled = stackalloc byte[Coefficient.Bytes(TField.Bits / 8, path)];
        foreach (int j in isSum ? [] : inputs)
        {
            foreach (int i in group)
            {
                Coefficient.Compile<TField, T>(entry(i, j), path, compiled);
                _coefficients.AddRange(compiled);
            }
        }

        return start;
    }
}
