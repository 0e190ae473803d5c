using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.TrueTime.Torture;

/// <summary>One server after the other hears no other server for some seconds, though clients reach it: a leader that has been replaced goes on as if it led.</summary>
internal static class AloneFaults
{
    public static List<Fault> Draw(ref RandomStream random, int members, long healNs)
    {
        var faults = new List<Fault>();
        long atNs = 500_000_000;
        while (true)
        {
            atNs += (long)random.Below(1_500_000_000);
            long untilNs = atNs + 1_000_000_000 + (long)random.Below(4_000_000_000);
            if (untilNs >= healNs)
            {
                return faults;
            }

            int alone = random.Below(members);
            faults.Add(new Fault(atNs, FaultKind.Partition) { Sets = new MemberSets([[alone], [.. Enumerable.Range(0, members).Where(member => member != alone)]]) });
            faults.Add(new Fault(untilNs, FaultKind.Unite));
            atNs = untilNs;
        }
    }
}
