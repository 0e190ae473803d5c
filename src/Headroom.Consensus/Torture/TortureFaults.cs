using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Torture;

/// <summary>
/// Faults drawn for one run, harder than one drawn plan: several plans of swarm testing follow one another, most begin with everybody up again, and a coin adds crashes and
/// partitions of moments, which fall into elections and writes. What ends is the last plan's healed core.
/// </summary>
internal static class TortureFaults
{
    private const long ShortestNs = 1_000_000;
    private const long LongestNs = 600_000_000;

    public static FaultPlan Draw(Seed seed, int members, long healNs, IReadOnlyList<string> without, ReadOnlySpan<int> core)
    {
        RandomStream random = seed.Named("windows").Stream();
        int windows = 1 + random.Below(6);
        var faults = new List<Fault>();
        for (int window = 0; window < windows; window++)
        {
            long fromNs = healNs / windows * window;
            if (window > 0 && random.Below(4) > 0)
            {
                Mend(fromNs, members, faults);
            }

            foreach (Fault fault in SwarmFaults.Plan(members, healNs / windows, seed.At(window), without, core).Faults)
            {
                if (fault.Kind != FaultKind.HealCore || window == windows - 1)
                {
                    faults.Add(fault with { TimeNs = fault.Kind == FaultKind.HealCore ? healNs : fault.TimeNs + fromNs });
                }
            }
        }

        if (random.Bernoulli(0.5))
        {
            Flap(ref random, members, healNs, faults);
        }

        if (random.Bernoulli(0.5))
        {
            Isolate(ref random, members, healNs, faults);
        }

        if (random.Bernoulli(0.5))
        {
            Storm(ref random, members, healNs, faults);
        }

        // Ordering is stable, and the healing is the last of its moment.
        Fault healing = faults.Last(fault => fault.Kind == FaultKind.HealCore);
        return new FaultPlan([.. FaultPlan.InOrder(faults.Where(fault => fault.Kind != FaultKind.HealCore)).Faults, healing]);
    }

    private static void Mend(long atNs, int members, List<Fault> faults)
    {
        faults.Add(new Fault(atNs, FaultKind.Heal));
        for (int member = 0; member < members; member++)
        {
            faults.Add(new Fault(atNs, FaultKind.Resume, member));
            faults.Add(new Fault(atNs, FaultKind.Slow, member));
            faults.Add(new Fault(atNs, FaultKind.Restart, member));
        }
    }

    /// <summary>Members crash and are back at once.</summary>
    private static void Flap(ref RandomStream random, int members, long healNs, List<Fault> faults)
    {
        int count = 5 + random.Below(60);
        for (int i = 0; i < count; i++)
        {
            (long fromNs, long toNs) = Moment(ref random, healNs);
            int member = random.Below(members);
            faults.Add(new Fault(fromNs, FaultKind.TornCrash, member) { Share = random.Below(1000) / 1000.0 });
            faults.Add(new Fault(toNs, FaultKind.Restart, member));
        }
    }

    /// <summary>For some seconds every member crashes again and again and is back at once: elections meet crashes.</summary>
    private static void Storm(ref RandomStream random, int members, long healNs, List<Fault> faults)
    {
        int storms = 1 + random.Below(5);
        for (int storm = 0; storm < storms; storm++)
        {
            long fromNs = (long)random.Below((ulong)healNs);
            long untilNs = Math.Min(healNs - 1, fromNs + 1_000_000_000L + (long)random.Below(4_000_000_000UL));
            double upNs = 50e6 * (1 << random.Below(5));
            double downNs = 1e6 * (1 << random.Below(6));
            for (int member = 0; member < members; member++)
            {
                for (double at = fromNs + random.Exponential(upNs); at < untilNs; at += random.Exponential(upNs))
                {
                    faults.Add(new Fault((long)at, FaultKind.TornCrash, member) { Share = random.Below(1000) / 1000.0 });
                    at += random.Exponential(downNs);
                    faults.Add(new Fault(Math.Min(healNs - 1, (long)at), FaultKind.Restart, member));
                }
            }
        }
    }

    /// <summary>One or two members are alone for a while: sooner or later a leader is among them.</summary>
    private static void Isolate(ref RandomStream random, int members, long healNs, List<Fault> faults)
    {
        int count = 2 << random.Below(4);
        for (int i = 0; i < count; i++)
        {
            long fromNs = (long)random.Below((ulong)healNs);
            long toNs = Math.Min(healNs - 1, fromNs + (LongestNs << random.Below(4)) - (long)random.Below((ulong)LongestNs));
            int first = random.Below(members);
            int second = random.Below(2) == 0 ? first : random.Below(members);
            int[] alone = first == second ? [first] : [first, second];
            faults.Add(new Fault(fromNs, FaultKind.Partition) { Sets = new MemberSets([alone, [.. Enumerable.Range(0, members).Except(alone)]]) });
            faults.Add(new Fault(toNs, FaultKind.Unite));
        }
    }

    /// <summary>Clocks leap back by up to two seconds, again and again: farther than any drift that a lease allows for.</summary>
    public static void Leap(ref RandomStream random, int members, long healNs, List<Fault> faults)
    {
        for (int i = 0; i < 100; i++)
        {
            faults.Add(new Fault((long)random.Below((ulong)healNs), FaultKind.Clock, random.Below(members)) { DelayNs = -(long)random.Below(2_000_000_000UL) });
        }
    }

    /// <summary>From a moment on, for a time whose logarithm is uniform.</summary>
    private static (long FromNs, long ToNs) Moment(ref RandomStream random, long healNs)
    {
        long fromNs = (long)random.Below((ulong)healNs);
        long lastsNs = ShortestNs;
        while (lastsNs < LongestNs && random.Below(4) > 0)
        {
            lastsNs *= 2;
        }

        return (fromNs, Math.Min(healNs - 1, fromNs + lastsNs + (long)random.Below((ulong)lastsNs)));
    }
}
