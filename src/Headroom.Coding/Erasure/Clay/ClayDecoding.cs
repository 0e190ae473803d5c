using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure.Clay;

/// <summary>
/// Layered decoding ([vajha2018] section 3.2): m erased nodes from all sub-chunks of the others, planes in the order of their intersection score. In each plane the
/// uncoupled sub-chunks of the erased come of the others' by the scalar code, and stand where the coupled ones will, until their partners are known.
/// Encoding is the decoding of the parities.
/// </summary>
internal sealed class ClayDecoding
{
    private readonly ClayLayout _layout;
    private readonly PlaneSpace _planes;
    private readonly MatrixProgram.Builder _program;
    private readonly PlaneMap _map;
    private readonly bool[] _isErased;
    private readonly int[] _firstCell;

    private ClayDecoding(ClayLayout layout, IReadOnlyList<int> sources, IReadOnlyList<int> lost)
    {
        _layout = layout;
        _planes = new PlaneSpace(layout, -1);
        _program = new MatrixProgram.Builder(sources.Count * _planes.Count, lost.Count * _planes.Count, MatrixKernel.BestPath);
        _map = new PlaneMap(layout, [.. Enumerable.Range(0, layout.DataShards + layout.ParityShards).Except(sources).Select(layout.NodeOf)], _program);
        _isErased = new bool[layout.Nodes];
        _firstCell = new int[layout.Nodes];
        Array.Fill(_firstCell, Term.Zeros);
        foreach ((int index, int shard) in sources.Concat(lost).Index())
        {
            _firstCell[layout.NodeOf(shard)] = index * _planes.Count;
        }

        foreach (int node in _map.Erased)
        {
            _isErased[node] = true;
            if (_firstCell[node] == Term.Zeros)
            {
                _firstCell[node] = _program.NewCells(_planes.Count);
            }
        }
    }

    /// <param name="layout">The grid.</param>
    /// <param name="sources">The k shards that are read, all planes of each: the given cells, shard by shard.</param>
    /// <param name="lost">The shards that are rebuilt: the wanted cells. All that are neither are treated as erased.</param>
    public static MatrixProgram Program(ClayLayout layout, IReadOnlyList<int> sources, IReadOnlyList<int> lost)
    {
        var decoding = new ClayDecoding(layout, sources, lost);
        byte[] factors = [.. decoding._map.Erased.Select(_ => (byte)1)];
        Term[] added = [.. factors.Select(_ => new Term(Term.Zeros, 0))];
        foreach (IReadOnlyList<int> planes in decoding._planes.InOrder(decoding._map.Erased))
        {
            foreach (int plane in planes)
            {
                decoding._map.Add(node => decoding.Uncoupled(node, plane), factors, added, [.. decoding._map.Erased.Select(node => decoding.Coupled(node, plane))]);
                decoding.Couple(plane);
            }
        }

        return decoding._program.Build();
    }

    private int Coupled(int node, int plane) => _firstCell[node] == Term.Zeros ? Term.Zeros : _firstCell[node] + plane;

    /// <summary>The node's partner in a plane, and the plane in which that stands; itself where it is a dot.</summary>
    private (int Node, int Plane) Partner(int node, int plane)
    {
        (int x, int y) = (node % _layout.Width, node / _layout.Width);
        return ((y * _layout.Width) + _planes.Digit(plane, y), _planes.With(plane, y, x));
    }

    /// <summary>A partner that is erased was coupled with a lower score.</summary>
    private Term[] Uncoupled(int node, int plane)
    {
        (int other, int mirrored) = Partner(node, plane);
        if (other == node)
        {
            return [new Term(Coupled(node, plane), 1)];
        }

        Matrix256 pair = PairTransform.OwnUncoupled[node > other ? 0 : 1];
        return [new Term(Coupled(node, plane), pair[0, 0]), new Term(Coupled(other, mirrored), pair[0, 1])];
    }

    /// <summary>What is erased and not a dot: of a pair that is erased the later plane couples both.</summary>
    private void Couple(int plane)
    {
        foreach (int node in _map.Erased)
        {
            (int other, int mirrored) = Partner(node, plane);
            int cell = Coupled(node, plane);
            if (other != node && !_isErased[other])
            {
                Matrix256 pair = PairTransform.OwnCoupled[node > other ? 0 : 1];
                int[] inputs = [.. ((int[])[cell, Coupled(other, mirrored)]).Where(input => input != Term.Zeros)];
                _program.Add(new Matrix256(1, inputs.Length, (i, j) => pair[i, j]), inputs, [cell], adds: false);
            }
            else if (mirrored < plane)
            {
                int[] highAndLow = node > other ? [cell, Coupled(other, mirrored)] : [Coupled(other, mirrored), cell];
                _program.Add(PairTransform.Couple, highAndLow, highAndLow, adds: false);
            }
        }
    }
}
