using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure.Clay;

/// <summary>A cell and what it is multiplied by.</summary>
internal readonly record struct Term(int Cell, byte Coefficient)
{
    /// <summary>No cell: the sub-chunk of a virtual node.</summary>
    public const int Zeros = -1;
}

/// <summary>
/// One plane's part of a program: the uncoupled sub-chunks of the m erased nodes, or multiples of them with something added, straight from the cells of which the
/// uncoupled sub-chunks of the others are sums. What is uncoupled is never stored. The plane's map is cut where a column of the grid ends, so that planes that
/// agree in the digits of some columns share a matrix.
/// </summary>
internal sealed class PlaneMap
{
    /// <summary>Inputs of one step: enough that adding to what was written costs little, few enough that not too many matrices differ.</summary>
    private const int InputsMax = 24;

    private readonly ClayLayout _layout;
    private readonly MatrixProgram.Builder _program;
    private readonly Matrix256 _scalar;
    private readonly Dictionary<int, int> _columns = [];
    private readonly List<int> _cells = [];
    private readonly List<byte[]> _entries = [];

    /// <param name="layout">The grid.</param>
    /// <param name="erased">Just m nodes, ascending.</param>
    /// <param name="program">What the steps are added to.</param>
    public PlaneMap(ClayLayout layout, IReadOnlyList<int> erased, MatrixProgram.Builder program)
    {
        (_layout, _program, Erased) = (layout, program, erased);
        Present = [.. Enumerable.Range(0, layout.Nodes).Except(erased)];
        int data = layout.DataShards + layout.Virtual;
        Matrix256 parity = ParityMatrices.Vandermonde(data, layout.ParityShards);
        var code = new Matrix256(layout.Nodes, data, (i, j) => i < data ? (i == j ? (byte)1 : (byte)0) : parity[i - data, j]);
        _scalar = code.Select(Present).TryInvert(out Matrix256? inverse)
            ? code.Select(erased).Multiply(inverse)
            : throw new InvalidOperationException("the scalar code of a Clay code lost its distance");
    }

    public IReadOnlyList<int> Erased { get; }

    public IReadOnlyList<int> Present { get; }

    /// <param name="uncoupled">The terms of the uncoupled sub-chunk of a node that is present.</param>
    /// <param name="factors">For each erased node, what its uncoupled sub-chunk is multiplied by.</param>
    /// <param name="added">For each erased node, what is added to that.</param>
    /// <param name="outputs">For each erased node, where the sum goes.</param>
    public void Add(Func<int, IEnumerable<Term>> uncoupled, IReadOnlyList<byte> factors, IReadOnlyList<Term> added, IReadOnlyList<int> outputs)
    {
        bool adds = false;
        for (int i = 0; i < Erased.Count; i++)
        {
            if (added[i].Cell != Term.Zeros)
            {
                Entries(added[i].Cell)[i] ^= added[i].Coefficient;
            }
        }

        for (int j = 0; j < Present.Count; j++)
        {
            int node = Present[j];
            if (node % _layout.Width == 0 && _cells.Count + (2 * _layout.Width) - 1 > InputsMax)
            {
                Flush(outputs, ref adds);
            }

            foreach (Term term in uncoupled(node))
            {
                if (term.Cell == Term.Zeros)
                {
                    continue;
                }

                byte[] entries = Entries(term.Cell);
                for (int i = 0; i < Erased.Count; i++)
                {
                    entries[i] ^= GaloisField256.Multiply(factors[i], GaloisField256.Multiply(_scalar[i, j], term.Coefficient));
                }
            }
        }

        Flush(outputs, ref adds);
    }

    private byte[] Entries(int cell)
    {
        if (!_columns.TryGetValue(cell, out int column))
        {
            _columns[cell] = column = _cells.Count;
            _cells.Add(cell);
            _entries.Add(new byte[Erased.Count]);
        }

        return _entries[column];
    }

    private void Flush(IReadOnlyList<int> outputs, ref bool adds)
    {
        if (_cells.Count > 0)
        {
            _program.Add(new Matrix256(Erased.Count, _cells.Count, (i, j) => _entries[j][i]), _cells, outputs, adds);
            adds = true;
        }

        _columns.Clear();
        _cells.Clear();
        _entries.Clear();
    }
}
