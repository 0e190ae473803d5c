namespace Headroom.Coding.Erasure.Clay;

/// <summary>
/// Where the shards of a Clay code stand: on a grid of t columns of q = d - k + 1 nodes, node y q + x at (x, y). Data first, then nu virtual nodes that hold
/// zeros where q does not divide k + m, then parities. Sub-chunks are planes z = 0 … q^t - 1, written in t digits to base q, the most significant for y = 0.
/// </summary>
internal sealed class ClayLayout
{
    public ClayLayout(int dataShards, int parityShards, int helpers)
    {
        (DataShards, ParityShards) = (dataShards, parityShards);
        Width = helpers - dataShards + 1;
        Virtual = (Width - ((dataShards + parityShards) % Width)) % Width;
        Columns = (dataShards + parityShards + Virtual) / Width;
        Planes = Enumerable.Repeat(Width, Columns).Aggregate(1, (product, width) => checked(product * width));
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

    /// <summary>The planes in which a node is a dot, meeting its own digit: those that the repair of it reads.</summary>
    public int[] DotPlanes(int node)
    {
        var all = new PlaneSpace(this, -1);
        return [.. Enumerable.Range(0, Planes).Where(plane => all.Digit(plane, node / Width) == node % Width)];
    }
}
