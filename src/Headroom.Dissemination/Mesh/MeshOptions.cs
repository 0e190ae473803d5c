using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Mesh;

/// <summary>The parameters of <see cref="MeshProcess"/>; the defaults are those of gossipsub v1.0 [vyzovitis2020].</summary>
public sealed record MeshOptions
{
    public required Topology Topology { get; init; }

    /// <summary>Mesh links that a member wants (D).</summary>
    public int Degree { get; init; } = 6;

    /// <summary>With fewer it grafts (D_lo).</summary>
    public int DegreeLow { get; init; } = 4;

    /// <summary>With more it prunes (D_hi).</summary>
    public int DegreeHigh { get; init; } = 12;

    /// <summary>Peers outside the mesh that a heartbeat's digest goes to (D_lazy).</summary>
    public int Lazy { get; init; } = 6;

    public required long HeartbeatNs { get; init; }

    /// <summary>Heartbeats for which a payload is kept to answer with (mcache_len).</summary>
    public int HistoryWindows { get; init; } = 5;

    /// <summary>Heartbeats for which a broadcast is told of (mcache_gossip).</summary>
    public int GossipWindows { get; init; } = 3;

    /// <summary>Random peers that a member knows, where it could reach everybody; the mesh and the digests use them.</summary>
    public int Known => 2 * DegreeHigh;

    /// <summary>Mesh links that a member takes on between two heartbeats; it refuses more.</summary>
    public int DegreeMax => 2 * DegreeHigh;

    /// <summary>Bounds around a wanted degree, as 4 and 12 around 6.</summary>
    public static (int Low, int High) Around(int degree) => (Math.Max(1, 2 * degree / 3), 2 * degree);

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Topology);
        ArgumentOutOfRangeException.ThrowIfLessThan(DegreeLow, 1, nameof(DegreeLow));
        ArgumentOutOfRangeException.ThrowIfLessThan(Degree, DegreeLow, nameof(Degree));
        ArgumentOutOfRangeException.ThrowIfLessThan(DegreeHigh, Degree, nameof(DegreeHigh));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DegreeHigh, MeshProcess.DegreeHighMax, nameof(DegreeHigh));
        ArgumentOutOfRangeException.ThrowIfNegative(Lazy, nameof(Lazy));
        ArgumentOutOfRangeException.ThrowIfLessThan(HeartbeatNs, 1, nameof(HeartbeatNs));
        ArgumentOutOfRangeException.ThrowIfNegative(GossipWindows, nameof(GossipWindows));
        ArgumentOutOfRangeException.ThrowIfLessThan(HistoryWindows, GossipWindows, nameof(HistoryWindows));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HistoryWindows, 100, nameof(HistoryWindows));
    }
}
