using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure.Clay;

/// <summary>
/// The repair of one node from one q-th of d others ([vajha2018] section 3.3): only planes in which the lost node is a dot are read. In each the scalar code gives
/// the uncoupled sub-chunks of the lost node's column, and these with what was read of the column give the lost sub-chunks of the other planes. Nodes that do not
/// help ("aloof") are erased too; where one is a partner its uncoupled sub-chunk is known from a lower score.
/// </summary>
internal sealed class ClayRepair
{
    private readonly ClayLayout _layout;
    private readonly PlaneSpace _planes;
    private readonly MatrixProgram.Builder _program;
    private readonly PlaneMap _map;
    private readonly int _lost;
    private readonly int[] _firstCoupled;
    private readonly int[] _firstUncoupled;

    /// <summary>For each digit of the lost node's column, the cells of the lost sub-chunks of the planes with that digit, in their order.</summary>
    private readonly int[][] _wanted;

    private ClayRepair(ClayLayout layout, IReadOnlyList<int> helpers, int lost)
    {
        _layout = layout;
        _lost = layout.NodeOf(lost);
        _planes = new PlaneSpace(layout, _lost);
        var all = new PlaneSpace(layout, -1);
        _program = new MatrixProgram.Builder(helpers.Count * _planes.Count, all.Count, MatrixKernel.BestPath);
        int[] aloof = [.. Enumerable.Range(0, layout.DataShards + layout.ParityShards).Where(shard => shard != lost && !helpers.Contains(shard)).Select(layout.NodeOf)];
        _map = new PlaneMap(layout, [.. Enumerable.Range(_lost / layout.Width * layout.Width, layout.Width).Concat(aloof).Order()], _program);
        _firstCoupled = Cells(helpers.Index().Select(helper => (layout.NodeOf(helper.Item), helper.Index * _planes.Count)));
        _firstUncoupled = Cells(aloof.Select(node => (node, _program.NewCells(_planes.Count))));
        _wanted = [.. Enumerable.Range(0, layout.Width).Select(x => Enumerable.Range(0, all.Count)
            .Where(plane => all.Digit(plane, _lost / layout.Width) == x).Select(plane => (helpers.Count * _planes.Count) + plane).ToArray())];
    }

    /// <param name="layout">The grid.</param>
    /// <param name="helpers">d shards, among them every real one of the lost shard's column; of each the planes in which the lost node is a dot: the given cells.</param>
    /// <param name="lost">The shard that is rebuilt, all its planes: the wanted cells.</param>
    public static MatrixProgram Program(ClayLayout layout, IReadOnlyList<int> helpers, int lost)
    {
        var repair = new ClayRepair(layout, helpers, lost);
        int[] aloof = [.. repair._map.Erased.Where(node => repair._firstUncoupled[node] != Term.Zeros)];
        byte[] factors = [.. repair._map.Erased.Select(repair.Factor)];
        foreach (int plane in repair._planes.InOrder(aloof).SelectMany(planes => planes))
        {
            repair._map.Add(node => repair.Uncoupled(node, plane), factors,
                [.. repair._map.Erased.Select(node => repair.Added(node, plane))], [.. repair._map.Erased.Select(node => repair.Output(node, plane))]);
        }

        return repair._program.Build();
    }

    /// <summary>Beside the lost node's column a mirrored plane is read too.</summary>
    private Term[] Uncoupled(int node, int plane)
    {
        (int x, int y) = (node % _layout.Width, node / _layout.Width);
        int other = (y * _layout.Width) + _planes.Digit(plane, y);
        if (other == node)
        {
            return [new Term(Place(_firstCoupled, node, plane), 1)];
        }

        bool isAloof = _firstUncoupled[other] != Term.Zeros;
        Matrix256 pair = (isAloof ? PairTransform.OwnUncoupledByOther : PairTransform.OwnUncoupled)[node > other ? 0 : 1];
        return
        [
            new Term(Place(_firstCoupled, node, plane), pair[0, 0]),
            new Term(Place(isAloof ? _firstUncoupled : _firstCoupled, other, _planes.With(plane, y, x)), pair[0, 1]),
        ];
    }

    private static int Place(int[] first, int node, int plane) => first[node] == Term.Zeros ? Term.Zeros : first[node] + plane;

    private bool IsOfColumn(int node) => node / _layout.Width == _lost / _layout.Width;

    /// <summary>In the column the dot itself is uncoupled; each other node gives what it is coupled with.</summary>
    private byte Factor(int node) => node == _lost || !IsOfColumn(node) ? (byte)1 : PairTransform.OtherCoupled[node > _lost ? 0 : 1][0, 1];

    private Term Added(int node, int plane) => new(Place(_firstCoupled, node, plane), PairTransform.OtherCoupled[node > _lost ? 0 : 1][0, 0]);

    private int Output(int node, int plane) => IsOfColumn(node) ? _wanted[node % _layout.Width][plane] : _firstUncoupled[node] + plane;

    private int[] Cells(IEnumerable<(int Node, int First)> places)
    {
        int[] first = new int[_layout.Nodes];
        Array.Fill(first, Term.Zeros);
        foreach ((int node, int cell) in places)
        {
            first[node] = cell;
        }

        return first;
    }
}
