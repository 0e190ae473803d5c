namespace Headroom.Dissemination.Detection;

/// <summary>What a member holds another for.</summary>
public enum MemberStatus : byte
{
    Alive,

    /// <summary>It did not answer; it may still say that it lives.</summary>
    Suspect,

    Dead,
}
