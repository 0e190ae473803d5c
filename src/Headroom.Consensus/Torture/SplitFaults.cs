using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Torture;

/// <summary>The members fall apart into two sides again and again, each time for about as long as an election takes, and are whole between: what one side was about to hear of a change of members it hears too late.</summary>
internal static class SplitFaults
{
    public static void Draw(ref RandomStream random, int members, long healNs, long electionNs, List<Fault> faults)
    {
        int[] order = [.. Enumerable.Range(0, members)];
        long atNs = electionNs * 3;
        while (true)
        {
            atNs += (long)random.Below(2 * (ulong)electionNs);
            long untilNs = atNs + electionNs + (long)random.Below(3 * (ulong)electionNs);
            if (untilNs >= healNs)
            {
                return;
            }

            random.Shuffle(order.AsSpan());
            int first = 1 + random.Below(members / 2);
            faults.Add(new Fault(atNs, FaultKind.Partition) { Sets = new MemberSets([order[..first], order[first..]]) });
            faults.Add(new Fault(untilNs, FaultKind.Unite));
            atNs = untilNs;
        }
    }
}
