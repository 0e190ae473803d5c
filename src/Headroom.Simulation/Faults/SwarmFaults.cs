using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Faults;

/// <summary>
/// Fault plans drawn from a seed in the manner of swarm testing [groce2012]: a coin decides for each kind of fault whether the plan has any, so that plans
/// differ in what they leave out; moments, members and sizes are drawn. Each plan ends in a healed core, more than half of the members, which must make progress
/// from then on: what holds always (safety) and what holds after <see cref="FaultPlan.HealedAtNs"/> (liveness) are judged apart.
/// </summary>
public static class SwarmFaults
{
    private delegate void Draw(ref RandomStream random, int members, long healNs, List<Fault> faults);

    private static readonly (string Name, Draw Draw)[] Kinds =
    [
        ("crashes", Crashes), ("crashes with memory", CrashesWithMemory), ("pauses", Pauses), ("slow members", SlowMembers), ("clocks", Clocks),
        ("partitions", Partitions), ("one-way cuts", Cuts), ("links down", LinksDown), ("loss", Losses), ("churn", Churn),
        ("torn crashes", TornCrashes),
    ];

    /// <summary>What a coin is thrown for.</summary>
    public static IEnumerable<string> KindNames => Kinds.Select(kind => kind.Name);

    /// <param name="members">At least one.</param>
    /// <param name="healNs">When the core is healed; all other faults are earlier.</param>
    /// <param name="seed">The same seed draws the same plan.</param>
    /// <param name="core">Members that are in the core in any case; they too are struck before it is healed.</param>
    public static FaultPlan Plan(int members, long healNs, Seed seed, params ReadOnlySpan<int> core) => Plan(members, healNs, seed, without: [], core);

    /// <summary>As above, without the kinds that a protocol's model does not allow; what else is drawn stays the same.</summary>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static FaultPlan Plan(int members, long healNs, Seed seed, IReadOnlyList<string> without, params ReadOnlySpan<int> core)
    {
        ArgumentNullException.ThrowIfNull(without);
        if (without.FirstOrDefault(name => !KindNames.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"no kind '{unknown}': they are {string.Join(", ", KindNames)}", nameof(without));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(healNs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(healNs, FaultPlan.TimeNsMax);
        var faults = new List<Fault>();
        foreach ((string name, Draw draw) in Kinds)
        {
            // Each kind has a stream of its own: a kind more does not change the others.
            RandomStream random = seed.Named(name).Stream();
            if (random.Bernoulli(0.5) && !without.Contains(name))
            {
                draw(ref random, members, healNs, faults);
            }
        }

        RandomStream drawn = seed.Named("core").Stream();
        var healed = new SortedSet<int>(core.ToArray());
        int size = (members / 2) + 1 + drawn.Below(members - (members / 2));
        int[] order = Shuffled(ref drawn, members);
        for (int i = 0; healed.Count < size; i++)
        {
            healed.Add(order[i]);
        }

        FaultPlan plan = FaultPlan.InOrder(faults);
        return new FaultPlan([.. plan.Faults, new Fault(healNs, FaultKind.HealCore) { Sets = new MemberSets([[.. healed]]) }]);
    }

    private static void Crashes(ref RandomStream random, int members, long healNs, List<Fault> faults) =>
        ForSome(ref random, members, healNs, new Fault(0, FaultKind.Crash), new Fault(0, FaultKind.Restart), faults);

    private static void TornCrashes(ref RandomStream random, int members, long healNs, List<Fault> faults)
    {
        double share = random.Below(1000) / 1000.0;
        ForSome(ref random, members, healNs, new Fault(0, FaultKind.TornCrash) { Share = share }, new Fault(0, FaultKind.Restart), faults);
    }

    private static void CrashesWithMemory(ref RandomStream random, int members, long healNs, List<Fault> faults) =>
        ForSome(ref random, members, healNs, new Fault(0, FaultKind.CrashWithMemory), new Fault(0, FaultKind.Restart), faults);

    private static void Pauses(ref RandomStream random, int members, long healNs, List<Fault> faults) =>
        ForSome(ref random, members, healNs, new Fault(0, FaultKind.Pause), new Fault(0, FaultKind.Resume), faults);

    private static void Churn(ref RandomStream random, int members, long healNs, List<Fault> faults) =>
        ForSome(ref random, members, healNs, new Fault(0, FaultKind.Leave), new Fault(0, FaultKind.Join), faults);

    private static void SlowMembers(ref RandomStream random, int members, long healNs, List<Fault> faults)
    {
        long delayNs = 1 + (long)random.Below((ulong)Math.Max(1, healNs / 50));
        ForSome(ref random, members, healNs, new Fault(0, FaultKind.Slow) { DelayNs = delayNs }, new Fault(0, FaultKind.Slow), faults);
    }

    private static void Clocks(ref RandomStream random, int members, long healNs, List<Fault> faults)
    {
        foreach (int member in Some(ref random, members))
        {
            faults.Add(new Fault(0, FaultKind.Clock, member)
            {
                DelayNs = (long)random.Below((ulong)healNs) - (healNs / 2),
                DriftPpb = (long)random.Below(2_000_001UL) - 1_000_000,
            });
        }
    }

    private static void Partitions(ref RandomStream random, int members, long healNs, List<Fault> faults)
    {
        if (members < 2)
        {
            return;
        }

        int partitions = 1 + random.Below(3);
        for (int i = 0; i < partitions; i++)
        {
            int[] order = Shuffled(ref random, members);
            int first = 1 + random.Below(members - 1);
            (long fromNs, long toNs) = Span(ref random, healNs);
            faults.Add(new Fault(fromNs, FaultKind.Partition) { Sets = new MemberSets([order[..first], order[first..]]) });
            faults.Add(new Fault(toNs, FaultKind.Unite));
        }
    }

    private static void Cuts(ref RandomStream random, int members, long healNs, List<Fault> faults) =>
        ForPairs(ref random, members, healNs, FaultKind.Cut, FaultKind.Mend, faults);

    private static void LinksDown(ref RandomStream random, int members, long healNs, List<Fault> faults) =>
        ForPairs(ref random, members, healNs, FaultKind.LinkDown, FaultKind.LinkUp, faults);

    private static void Losses(ref RandomStream random, int members, long healNs, List<Fault> faults)
    {
        (long fromNs, long toNs) = Span(ref random, healNs);
        // In per mille, so that a printed plan stays short.
        faults.Add(new Fault(fromNs, FaultKind.Loss) { Share = (1 + random.Below(600)) / 1000.0 });
        faults.Add(new Fault(toNs, FaultKind.Loss));
    }

    private static void ForPairs(ref RandomStream random, int members, long healNs, FaultKind begin, FaultKind end, List<Fault> faults)
    {
        if (members < 2)
        {
            return;
        }

        int pairs = 1 + random.Below(members);
        for (int i = 0; i < pairs; i++)
        {
            int from = random.Below(members);
            int to = (from + 1 + random.Below(members - 1)) % members;
            (long fromNs, long toNs) = Span(ref random, healNs);
            faults.Add(new Fault(fromNs, begin, from, to));
            faults.Add(new Fault(toNs, end, from, to));
        }
    }

    private static void ForSome(ref RandomStream random, int members, long healNs, Fault begin, Fault end, List<Fault> faults)
    {
        foreach (int member in Some(ref random, members))
        {
            (long fromNs, long toNs) = Span(ref random, healNs);
            faults.Add(begin with { TimeNs = fromNs, Member = member });
            // One in four stays as it is until the core is healed, or for good outside of it.
            if (random.Below(4) > 0)
            {
                faults.Add(end with { TimeNs = toNs, Member = member });
            }
        }
    }

    /// <summary>At least one and at most half of the members, rounded up.</summary>
    private static int[] Some(ref RandomStream random, int members) => Shuffled(ref random, members)[..(1 + random.Below((members + 1) / 2))];

    private static (long FromNs, long ToNs) Span(ref RandomStream random, long healNs)
    {
        long a = (long)random.Below((ulong)healNs);
        long b = (long)random.Below((ulong)healNs);
        return (Math.Min(a, b), Math.Max(a, b));
    }

    private static int[] Shuffled(ref RandomStream random, int members)
    {
        int[] order = [.. Enumerable.Range(0, members)];
        random.Shuffle(order.AsSpan());
        return order;
    }
}
