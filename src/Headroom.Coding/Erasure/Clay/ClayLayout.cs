namespace Headroom.Coding.Erasure.Clay;

/// <summary>
/// Where the shards of a Clay code stand: on a grid of t columns of q = d - k + 1 nodes, node y q + x at (x, y). Data first, then nu virtual nodes that hold
/// zeros where q does not divide k + m, then parities. Sub-chunks are planes z = 0 … q^t - 1, written in t digits to base q, the most significant for y = 0.
/// </summary>
internal sealed class ClayLayout
{
    private readonly int[] _weights;

    public ClayLayout(int dataShards, int parityShards, int helpers)
    {
        (DataShards, ParityShards) = (dataShards, parityShards);
        Width = helpers - dataShards + 1;
        Virtual = (Width - ((dataShards + parityShards) % Width)) % Width;
        Columns = (dataShards + parityShards + Virtual) / Width;
        _weights = new int[Columns];
        Planes = 1;
        for (int y = Columns - 1; y >= 0; y--)
        {
            _weights[y] = Planes;
            Planes = checked(Planes * Width);
        }
    }

    public int DataShards { get; }

    public int ParityShards { get; }

    /// <summary>q.</summary>
    public int Width { get; }

    /// <summary>t.</summary>
    public int Columns { get; }

    /// <summary>nu.</summary>
    public int Virtual { get; }

    /// <summary>q^t = alpha.</summary>
    public int Planes { get; }

    /// <summary>q t = k + nu + m.</summary>
    public int Nodes => Width * Columns;

    public int NodeOf(int shard) => shard < DataShards ? shard : shard + Virtual;

    public bool IsVirtual(int node) => node >= DataShards && node < DataShards + Virtual;

    public int Digit(int plane, int y) => plane / _weights[y] % Width;

    /// <summary>The plane with digit y exchanged for x.</summary>
    public int With(int plane, int y, int x) => plane + ((x - Digit(plane, y)) * _weights[y]);

    /// <summary>The planes among those given in the order in which layered decoding can take them: by how many of the nodes are dots there, ascending within.</summary>
    public IReadOnlyList<int[]> InOrder(IEnumerable<int> planes, IReadOnlyList<int> nodes) =>
        [.. planes.GroupBy(plane => nodes.Count(node => Digit(plane, node / Width) == node % Width)).OrderBy(group => group.Key).Select(group => group.Order().ToArray())];

    /// <summary>The planes in which a node is a dot: those that the repair of it reads.</summary>
    public int[] DotPlanes(int node) => [.. Enumerable.Range(0, Planes).Where(plane => Digit(plane, node / Width) == node % Width)];
}
