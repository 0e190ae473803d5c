namespace Headroom.Consensus.Locks;

/// <summary>What a client of locks is about.</summary>
internal enum LockStep : byte
{
    Idle,

    /// <summary>Makes locks free, before anybody wants one.</summary>
    Freeing,

    /// <summary>Has asked for a lock.</summary>
    Asking,

    /// <summary>Has asked who holds it.</summary>
    Looking,

    /// <summary>Until it looks again.</summary>
    Waiting,
    Holding,
    Renewing,
    Releasing,
}
