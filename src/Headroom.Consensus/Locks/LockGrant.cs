namespace Headroom.Consensus.Locks;

/// <summary>A lock that a client had: moments as the client's clock read.</summary>
/// <param name="Lock">Which one, from 0.</param>
/// <param name="DueNs">When it was wanted.</param>
/// <param name="GrantedNs">When the client knew that it had it; <see cref="Never"/> while it does not.</param>
/// <param name="EndNs">When the client last took it for its own: it began to give it back, or its lease ran out.</param>
/// <param name="ReleasedNs">When the client knew that others may have it.</param>
public readonly record struct LockGrant(int Lock, long DueNs, long GrantedNs, long EndNs, long ReleasedNs)
{
    /// <summary>The moment of what did not happen.</summary>
    public const long Never = long.MaxValue;
}
