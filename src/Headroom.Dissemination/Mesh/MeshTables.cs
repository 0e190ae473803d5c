using Headroom.Dissemination.Memory;

namespace Headroom.Dissemination.Mesh;

/// <summary>The tables that the members of a mesh share.</summary>
public sealed class MeshTables(int members, int remembered, MeshOptions options)
{
    internal BroadcastMemory<MeshState> Memory { get; } = new(members, remembered);

    /// <summary>Whom each member knows.</summary>
    internal PeerRows Known { get; } = new(members, options.Known);

    /// <summary>Its neighbours in the mesh.</summary>
    internal PeerRows Neighbours { get; } = new(members, options.DegreeMax);

    /// <summary>A member's neighbours in the mesh.</summary>
    public ReadOnlySpan<int> NeighboursOf(int member) => Neighbours.Of(member);
}
