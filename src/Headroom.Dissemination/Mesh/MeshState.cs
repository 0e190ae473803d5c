namespace Headroom.Dissemination.Mesh;

/// <summary>What a member of a mesh knows of one broadcast beside the payload.</summary>
public struct MeshState
{
    /// <summary>Heartbeats since it got the payload.</summary>
    internal byte Windows;

    /// <summary>Whether it has asked for the payload since the last heartbeat.</summary>
    internal bool IsAsked;
}
