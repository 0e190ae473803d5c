using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Torture;

/// <summary>
/// Two members cannot hear each other, and those between them are slow: slower to stand for election, and long over a question or an entry. Round after round the power fails about when one of the two is
/// elected. So votes are forgotten before the other asks for them, if they can be; and leaders come back to entries of their earlier terms: figure 8 of [ongaro2014].
/// </summary>
internal static class DuelFaults
{
    private const double DownNsMax = 64e6;

    public static void Draw(ref RandomStream random, int members, long healNs, long electionNs, List<Fault> faults)
    {
        int[] order = [.. Enumerable.Range(0, members)];
        random.Shuffle(order.AsSpan());
        long slowNs = 20_000_000L << random.Below(2);
        long atNs = 3 * electionNs;
        foreach (int member in order.AsSpan(2))
        {
            faults.Add(new Fault(atNs, FaultKind.Slow, member) { DelayNs = slowNs });
            faults.Add(new Fault(healNs - 1, FaultKind.Slow, member));
        }

        while (true)
        {
            // The first timeout ends after one to two election timeouts.
            long untilNs = atNs + (long)(electionNs * (1.3 + (1.2 * random.NextDouble())));
            if (untilNs >= healNs)
            {
                return;
            }

            foreach (int member in order)
            {
                faults.Add(new Fault(atNs, FaultKind.Crash, member));
                faults.Add(new Fault(atNs + 1 + (long)(DownNsMax * random.NextDouble()), FaultKind.Restart, member));
            }

            Part(FaultKind.Cut, order, atNs, faults);
            Part(FaultKind.Mend, order, untilNs, faults);
            atNs = untilNs;
        }
    }

    private static void Part(FaultKind kind, int[] order, long atNs, List<Fault> faults)
    {
        faults.Add(new Fault(atNs, kind, order[0], order[1]));
        faults.Add(new Fault(atNs, kind, order[1], order[0]));
    }
}
