using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Replication.Torture;

/// <summary>
/// Two servers cannot hear each other, and those who reach both crash again and again and are back at once: what somebody promised the one and forgot, the other may then get. Added to a plan that was drawn.
/// </summary>
internal static class BridgeFaults
{
    public static FaultPlan AddTo(FaultPlan plan, ref RandomStream random, int servers, long healNs)
    {
        int[] order = [.. Enumerable.Range(0, servers)];
        random.Shuffle(order.AsSpan());
        long fromNs = (long)random.Below((ulong)healNs / 2);
        long untilNs = Math.Min(healNs - 1, fromNs + healNs / 4 + (long)random.Below((ulong)healNs / 2));
        var faults = new List<Fault>
        {
            new(fromNs, FaultKind.Cut, order[0], order[1]),
            new(fromNs, FaultKind.Cut, order[1], order[0]),
            new(untilNs, FaultKind.Mend, order[0], order[1]),
            new(untilNs, FaultKind.Mend, order[1], order[0]),
        };
        double upNs = 20e6 * (1 << random.Below(6));
        foreach (int member in order[2..])
        {
            for (double at = fromNs + random.Exponential(upNs); at < untilNs; at += random.Exponential(upNs))
            {
                faults.Add(new Fault((long)at, FaultKind.TornCrash, member) { Share = random.Below(1000) / 1000.0 });
                at += 1e6 + random.Exponential(1e6);
                faults.Add(new Fault(Math.Min(healNs - 1, (long)at), FaultKind.Restart, member));
            }
        }

        return new FaultPlan([.. FaultPlan.InOrder([.. plan.Faults.Take(plan.Faults.Count - 1), .. faults]).Faults, plan.Faults[^1]]);
    }
}
