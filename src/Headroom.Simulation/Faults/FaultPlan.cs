using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Faults;

/// <summary>What kind of fault strikes.</summary>
public enum FaultKind
{
    /// <summary>The member stops; what is on its way to it is lost.</summary>
    Crash,

    /// <summary>The member starts again with its durable records only.</summary>
    Restart,

    /// <summary>Nothing passes between two members any more; both are told.</summary>
    LinkDown,

    LinkUp,
}

/// <summary>One fault: when, whom, and for links the other end.</summary>
public readonly record struct Fault(long TimeNs, FaultKind Kind, int Member, int Peer = -1);

/// <summary>The faults of a run, in order of time.</summary>
public sealed record FaultPlan(IReadOnlyList<Fault> Faults)
{
    public static FaultPlan None { get; } = new([]);

    /// <summary>
    /// A uniformly random share of the members, rounded down, crashes at one time; those spared never do. With time 0 they are failed from the
    /// start: before anything else happens.
    /// </summary>
    public static FaultPlan CrashShare(int members, double share, long timeNs, Seed seed, params ReadOnlySpan<int> spared)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var candidates = new List<int>(members);
        for (int member = 0; member < members; member++)
        {
            if (!spared.Contains(member))
            {
                candidates.Add(member);
            }
        }

        int crashes = Math.Min(candidates.Count, (int)Math.Floor((members * share) + 1e-9));
        RandomStream random = seed.Stream();
        for (int i = 0; i < crashes; i++)
        {
            int j = i + random.Below(candidates.Count - i);
            (candidates[i], candidates[j]) = (candidates[j], candidates[i]);
        }

        candidates.RemoveRange(crashes, candidates.Count - crashes);
        candidates.Sort();
        return new FaultPlan([.. candidates.Select(member => new Fault(timeNs, FaultKind.Crash, member))]);
    }
}
