namespace Headroom.Coding.Erasure.Clay;

/// <summary>
/// The planes that a computation looks at, numbered in their order: all q^t of them, or the q^(t-1) in which one digit is fixed.
/// </summary>
internal sealed class PlaneSpace
{
    private readonly int _width;
    private readonly int _fixedColumn;
    private readonly int _fixedDigit;
    private readonly int[] _weights;

    /// <param name="layout">The grid.</param>
    /// <param name="dot">The node in whose dots the planes lie, or -1 for all planes.</param>
    public PlaneSpace(ClayLayout layout, int dot)
    {
        _width = layout.Width;
        (_fixedColumn, _fixedDigit) = dot < 0 ? (-1, 0) : (dot / _width, dot % _width);
        _weights = new int[layout.Columns];
        Count = 1;
        for (int y = layout.Columns - 1; y >= 0; y--)
        {
            _weights[y] = Count;
            Count *= y == _fixedColumn ? 1 : _width;
        }
    }

    public int Count { get; }

    public int Digit(int plane, int y) => y == _fixedColumn ? _fixedDigit : plane / _weights[y] % _width;

    /// <summary>The plane with digit y exchanged for x.</summary>
    public int With(int plane, int y, int x) => plane + ((x - Digit(plane, y)) * _weights[y]);

    /// <summary>Planes in the order in which layered decoding can take them: by how many of the nodes are dots there (their intersection score), ascending within.</summary>
    public IReadOnlyList<IReadOnlyList<int>> InOrder(IReadOnlyList<int> nodes) =>
        [.. Enumerable.Range(0, Count).GroupBy(plane => nodes.Count(node => Digit(plane, node / _width) == node % _width)).OrderBy(score => score.Key).Select(score => score.ToArray())];
}
