using Headroom.Kernel.Bounds;

namespace Headroom.Consensus.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class ConsensusBounds
{
    /// <summary>Until k members have answered, over given latencies.</summary>
    public static Bound QuorumTime => QuorumLatency.Bound;

    /// <summary>Message delays from a proposal to its being learned.</summary>
    public static Bound Delays => MessageDelays.Bound;

    /// <summary>Members for two delays whoever proposes.</summary>
    public static Bound FastMembers => FastQuorum.Bound;

    /// <summary>Messages a command, by quorum and batch.</summary>
    public static Bound CommandMessages => CommitMessages.Bound;

    public static Bound Members => CrashMembers.Bound;

    public static Bound RegisterMembers => RegisterReplicas.Bound;

    /// <summary>Messages of an atomic commitment that survives crashes.</summary>
    public static Bound AtomicCommitment => AtomicCommitMessages.Bound;

    /// <summary>Crashed coordinators that nobody waits for.</summary>
    public static Bound CoordinatorCrashes => CommitBlocking.Bound;

    public static Bound LyingMessages => ByzantineMessages.Bound;

    public static Bound Rounds => SynchronousRounds.Bound;

    /// <summary>From the choice of a timestamp to the answer.</summary>
    public static Bound Wait => CommitWait.Bound;

    public static Bound RingMessages => RingElection.Bound;

    /// <summary>What watchers take in.</summary>
    public static Bound WatchBytes => WatchEntropy.Bound;

    public static IReadOnlyList<Bound> All { get; } =
    [
        QuorumTime, Delays, FastMembers, CommandMessages, Members, RegisterMembers, AtomicCommitment, CoordinatorCrashes, LyingMessages, Rounds, Wait, RingMessages, WatchBytes,
    ];
}
