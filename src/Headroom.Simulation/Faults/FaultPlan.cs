using System.Collections.Immutable;
using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Faults;

/// <summary>The faults of a run. Those of one moment strike in their order here; those of moment 0 that tell nobody strike before any member starts.</summary>
public sealed record FaultPlan(IReadOnlyList<Fault> Faults)
{
    /// <summary>A fault plan is at most so long; churn that would be longer is refused.</summary>
    public const int FaultsMax = 1_000_000;

    /// <summary>No fault is later (11 days): moments up to it are exact in any unit.</summary>
    public const long TimeNsMax = 1_000_000_000_000_000;

    /// <summary>Clocks run at half to one and a half times true time.</summary>
    public const long DriftPpbMax = 500_000_000;

    public static FaultPlan None { get; } = new([]);

    /// <summary>From when on the core is up, connected and lossless for good; null when the plan does not end in <see cref="FaultKind.HealCore"/>.</summary>
    public long? HealedAtNs => Healing?.TimeNs;

    /// <summary>The members that must make progress from <see cref="HealedAtNs"/> on; empty when the plan names none.</summary>
    public ImmutableArray<int> Core => Healing?.Sets![0] ?? [];

    private Fault? Healing => Faults.Count > 0 && Faults[^1].Kind == FaultKind.HealCore && Faults.All(fault => fault.TimeNs <= Faults[^1].TimeNs) ? Faults[^1] : null;

    /// <summary>
    /// Reads statements such as <c>at 3 s partition {0-2} | {3,4}</c>, one a line or parted by semicolons; <c>#</c> begins a comment. See docs/faults.md.
    /// </summary>
    /// <param name="text">The statements.</param>
    /// <param name="members">How many members there are; they are numbered from 0.</param>
    /// <exception cref="FaultPlanException">With line, column, and what would be right.</exception>
    public static FaultPlan Parse(string text, int members) => FaultPlanReader.Read(text, members);

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

    /// <summary>
    /// Members leave at the moments of a Poisson process, each time one of those present, all alike but the spared; each joins again, as new, a fixed time
    /// later (the last of them after the end).
    /// </summary>
    public static FaultPlan Churn(int members, double leavesPerSecond, long fromNs, long toNs, long awayNs, Seed seed, params ReadOnlySpan<int> spared)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(toNs, fromNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(awayNs, 1);
        if (!(leavesPerSecond > 0 && leavesPerSecond * (toNs - fromNs) / 1e9 <= FaultsMax / 4))
        {
            throw new ArgumentOutOfRangeException(nameof(leavesPerSecond), leavesPerSecond, $"a rate is above 0, and at most {FaultsMax / 4} leave in all");
        }

        var present = new List<int>(members);
        for (int member = 0; member < members; member++)
        {
            if (!spared.Contains(member))
            {
                present.Add(member);
            }
        }

        RandomStream random = seed.Stream();
        var faults = new List<Fault>();
        var away = new Queue<(long BackNs, int Member)>();
        for (double at = fromNs + random.Exponential(1e9 / leavesPerSecond); at < toNs; at += random.Exponential(1e9 / leavesPerSecond))
        {
            long nowNs = (long)at;
            while (away.TryPeek(out (long BackNs, int Member) first) && first.BackNs <= nowNs)
            {
                present.Add(away.Dequeue().Member);
            }

            if (present.Count == 0)
            {
                continue;
            }

            int i = random.Below(present.Count);
            int member = present[i];
            present[i] = present[^1];
            present.RemoveAt(present.Count - 1);
            away.Enqueue((nowNs + awayNs, member));
            faults.Add(new Fault(nowNs, FaultKind.Leave, member));
            faults.Add(new Fault(nowNs + awayNs, FaultKind.Join, member));
        }

        return InOrder(faults);
    }

    /// <summary>These faults by time; those of one moment keep their order.</summary>
    public static FaultPlan InOrder(IEnumerable<Fault> faults) => new([.. faults.OrderBy(fault => fault.TimeNs)]);

    public void Validate(int members)
    {
        foreach (Fault fault in Faults)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(fault.TimeNs, nameof(Faults));
            bool hasMember = fault.Kind is not (FaultKind.Partition or FaultKind.Unite or FaultKind.Loss or FaultKind.Heal or FaultKind.HealCore);
            bool hasPeer = fault.Kind is FaultKind.LinkDown or FaultKind.LinkUp or FaultKind.Cut or FaultKind.Mend;
            bool hasSets = fault.Kind is FaultKind.Partition or FaultKind.HealCore;
            if ((hasMember && (uint)fault.Member >= (uint)members) || (hasPeer && ((uint)fault.Peer >= (uint)members || fault.Peer == fault.Member)))
            {
                throw new ArgumentException($"'{fault}': members are 0 to {members - 1}", nameof(members));
            }

            if (hasSets && (fault.Sets is not { Count: > 0 } sets || (fault.Kind == FaultKind.HealCore && sets.Count != 1)
                || Enumerable.Range(0, sets.Count).Any(set => sets[set].IsEmpty || sets[set][^1] >= members)))
            {
                throw new ArgumentException($"'{fault}': a partition has sets, a core is one set, of members 0 to {members - 1}", nameof(members));
            }

            if (!(fault.Share is >= 0 and < 1) || Math.Abs(fault.DriftPpb) > DriftPpbMax || (fault.Kind == FaultKind.Slow && fault.DelayNs < 0))
            {
                throw new ArgumentException($"'{fault}': a share is at least 0 and below 1, a drift at most {DriftPpbMax / 1000} ppm, a delay not negative", nameof(members));
            }
        }
    }

    public bool Equals(FaultPlan? other) => other is not null && Faults.SequenceEqual(other.Faults);

    public override int GetHashCode() => Faults.Count == 0 ? 0 : HashCode.Combine(Faults.Count, Faults[0], Faults[^1]);

    /// <summary>One statement a line; reads back to an equal plan.</summary>
    public override string ToString() => string.Concat(Faults.Select(fault => fault + "\n"));
}
