namespace Headroom.Coding.Erasure.Clay;

/// <summary>
/// The planes that a computation looks at, numbered in their order: all q^t of them, or the q^(t-1) in which one digit is fixed. Planes that differ in the lower
/// digits alone lie together, so that what is done to one is done to a run of them at once.
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

    /// <summary>How many planes from this one on have the same digit y.</summary>
    public int Alike(int plane, int y) => y == _fixedColumn ? Count - plane : _weights[y] - (plane % _weights[y]);

    /// <summary>
    /// Runs of planes in the order in which layered decoding can take them: by how many of the nodes are dots there (their intersection score), ascending within.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<PlaneRun>> InOrder(IReadOnlyList<int> nodes)
    {
        var orders = new SortedDictionary<int, List<PlaneRun>>();
        for (int plane = 0; plane < Count; plane++)
        {
            int score = 0;
            foreach (int node in nodes)
            {
                score += Digit(plane, node / _width) == node % _width ? 1 : 0;
            }

            List<PlaneRun> runs = orders.TryGetValue(score, out List<PlaneRun>? known) ? known : orders[score] = [];
            if (runs.Count > 0 && runs[^1].End == plane)
            {
                runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
            }
            else
            {
                runs.Add(new PlaneRun(plane, 1));
            }
        }

        return [.. orders.Values];
    }
}
