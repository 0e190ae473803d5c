using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Trees;
using Headroom.Graphs.Generators;
using Headroom.Kernel.Randomness;

namespace Headroom.Dissemination.Tests.Broadcasts;

public class TreeTests
{
    [Theory]
    [InlineData(1000, 4, 5)]
    [InlineData(1000, 1, 999)]
    [InlineData(21, 4, 2)]
    [InlineData(22, 4, 3)]
    public void ATreeSendsEachMemberOneCopy(int members, int arity, int height)
    {
        BroadcastOutcome outcome = new TreeStrategy(arity).Plan(Settings.Complete(members, inRounds: true))(new Seed(1));
        outcome.PayloadCopies.ShouldBe(members - 1);
        outcome.Delivered.ShouldBe(members);
        outcome.HopsMax.ShouldBe(height);
        BroadcastTrees.KAry(members, 0, arity).Height().ShouldBe(height);
    }

    [Fact]
    public void TheEarliestTreeIsThatOfTheLogPPaper()
    {
        // Culler et al. 1993, figure 3: P = 8, L = 6, g = 4, o = 2: the last processor has it at 24.
        // A message is there L + 2 o = 10 after its sending began, which a sender repeats every g = 4: latency 6 after 4 of sending.
        BroadcastTree tree = BroadcastTrees.Earliest(8, 0, latencyNs: 6, sendNs: 4, fanoutMax: int.MaxValue);
        ArrivalsNs(tree, 6, 4).Order().ShouldBe([0, 10, 14, 18, 20, 22, 24, 24]);
    }

    [Fact]
    public void NoTreeBeatsTheEarliestOneOnAQuietNetwork()
    {
        RandomStream random = new Seed(9).Stream();
        for (int i = 0; i < 300; i++)
        {
            int members = 2 + random.Below(40);
            long latencyNs = random.Below(50);
            long sendNs = random.Below(20);
            long earliest = ArrivalsNs(BroadcastTrees.Earliest(members, 0, latencyNs, sendNs, int.MaxValue), latencyNs, sendNs).Max();
            var parents = new int[members];
            parents[0] = -1;
            for (int v = 1; v < members; v++)
            {
                parents[v] = random.Below(v);
            }

            var other = new BroadcastTree(0, parents, [.. Enumerable.Range(0, members)]);
            ArrivalsNs(other, latencyNs, sendNs).Max().ShouldBeGreaterThanOrEqualTo(earliest);
        }
    }

    [Fact]
    public void OnAGraphTheTreeFollowsShortestPaths()
    {
        BroadcastSetting setting = Settings.On(RegularGraphs.Grid(5, 5, latencySeconds: 0.01));
        BroadcastOutcome outcome = new EarliestTreeStrategy().Plan(setting)(new Seed(1));
        outcome.PayloadCopies.ShouldBe(24);
        outcome.TimeToShare(1).ShouldBe(80_000_000); // eight links of 10 ms, lines infinitely fast
    }

    private static long[] ArrivalsNs(BroadcastTree tree, long latencyNs, long sendNs)
    {
        var arrivals = new long[tree.Members];
        var stack = new Stack<int>([tree.Root]);
        while (stack.TryPop(out int member))
        {
            int sent = 0;
            foreach (int child in tree.Children(member))
            {
                arrivals[child] = arrivals[member] + (++sent * sendNs) + latencyNs;
                stack.Push(child);
            }
        }

        return arrivals;
    }
}
