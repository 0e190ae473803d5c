using System.Buffers.Binary;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>Turns a matrix into panels, row groups and compiled coefficients in their order of use.</summary>
internal sealed class MatrixCompiler(Matrix256 matrix, KernelPath path)
{
    /// <summary>Inputs, and outputs, of a panel: their addresses and a step of each lie on the stack.</summary>
    public const int PanelMax = 256;

    private const int GroupMax = 4;

    private const int StreamsMax = 12;

    private readonly List<byte> _coefficients = [];

    public Panel[] Panels()
    {
        var panels = new List<Panel>();
        for (int firstOutput = 0; firstOutput < matrix.Rows; firstOutput += PanelMax)
        {
            int outputs = Math.Min(PanelMax, matrix.Rows - firstOutput);
            int firstInput = 0;
            do
            {
                int inputs = Math.Min(PanelMax, matrix.Columns - firstInput);
                panels.Add(new Panel(firstOutput, outputs, firstInput, inputs, Groups(firstOutput, outputs, firstInput, inputs)));
                firstInput += PanelMax;
            }
            while (firstInput < matrix.Columns);
        }

        return [.. panels];
    }

    /// <summary>After <see cref="Panels"/>.</summary>
    public byte[] Coefficients() => [.. _coefficients];

    private RowGroup[] Groups(int firstOutput, int outputs, int firstInput, int inputs)
    {
        var groups = new List<RowGroup>();
        int parts = Math.Max(1, (inputs + StreamsMax - 1) / StreamsMax);
        for (int part = 0; part < parts; part++)
        {
            int from = inputs * part / parts;
            int to = inputs * (part + 1) / parts;
            AddGroups(groups, firstOutput, outputs, firstInput + from, to - from, from);
        }

        return [.. groups];
    }

    private void AddGroups(List<RowGroup> groups, int firstOutput, int outputs, int firstInput, int inputs, int shift)
    {
        bool adds = shift > 0;
        byte Entry(int i, int j) => matrix[firstOutput + i, firstInput + j];
        int[] Support(IEnumerable<int> rows) => [.. Enumerable.Range(0, inputs).Where(j => rows.Any(i => Entry(i, j) != 0))];
        bool IsSum(int i) => Enumerable.Range(0, inputs).All(j => Entry(i, j) <= 1);
        for (int i = 0; i < outputs;)
        {
            if (IsSum(i))
            {
                groups.Add(new RowGroup([i], [.. Support([i]).Select(j => j + shift)], adds, true, 0));
                i++;
                continue;
            }

            // Rows belong together while at most a quarter of the entries of their common inputs are zeros.
            int end = i + 1;
            int used = Support([i]).Length;
            while (end < outputs && !IsSum(end))
            {
                int next = Support([end]).Length;
                if (4 * (used + next) < 3 * Support(Enumerable.Range(i, end + 1 - i)).Length * (end + 1 - i))
                {
                    break;
                }

                used += next;
                end++;
            }

            // Evenly: five rows are three and two, six are three and three.
            for (int parts = (end - i + GroupMax - 1) / GroupMax; parts > 0; parts--)
            {
                int size = (end - i + parts - 1) / parts;
                int[] rows = [.. Enumerable.Range(i, size)];
                int[] support = Support(rows);
                groups.Add(new RowGroup(rows, [.. support.Select(j => j + shift)], adds, false, _coefficients.Count));
                foreach (int j in support)
                {
                    foreach (int row in rows)
                    {
                        Compile(Entry(row, j));
                    }
                }

                i += size;
            }
        }
    }

    private void Compile(byte coefficient)
    {
        Span<byte> images = stackalloc byte[8];
        for (int bit = 0; bit < 8; bit++)
        {
            images[bit] = GaloisField256.Multiply(coefficient, (byte)(1 << bit));
        }

        Span<byte> compiled = stackalloc byte[path == KernelPath.Gfni512 ? 8 : 32];
        if (path == KernelPath.Gfni512)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(compiled, ByteMatrix.AffineOperand(images));
        }
        else
        {
            ByteMatrix.NibbleTables(images, compiled);
        }

        _coefficients.AddRange(compiled);
    }
}
