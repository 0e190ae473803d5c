using Headroom.Dissemination.Memory;
using Headroom.Graphs.Generators;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Tests.Memory;

public class MemberRowsTests
{
    [Fact]
    public void RowsAreSortedSetsWithMarks()
    {
        RandomStream random = new Seed(3).Stream();
        var rows = new MemberRows(3, 7);
        SortedDictionary<int, bool>[] truth = [new(), new(), new()];
        for (int step = 0; step < 20_000; step++)
        {
            int member = random.Below(3);
            int peer = 3 + random.Below(15);
            switch (random.Below(3))
            {
                case 0:
                    rows.Add(member, peer).ShouldBe(truth[member].Count < 7 && truth[member].TryAdd(peer, false));
                    break;
                case 1:
                    rows.Remove(member, peer).ShouldBe(truth[member].Remove(peer));
                    break;
                default:
                    int i = rows.IndexOf(member, peer);
                    (i != MemberRows.None).ShouldBe(truth[member].ContainsKey(peer));
                    if (i != MemberRows.None)
                    {
                        truth[member][peer] = random.Bernoulli(0.5);
                        rows.Mark(member, i, truth[member][peer]);
                    }

                    break;
            }

            Enumerable.Range(0, rows.Count(member)).Select(i => (rows[member, i], rows.IsMarked(member, i))).ShouldBe(truth[member].Select(e => (e.Key, e.Value)));
        }
    }

    [Fact]
    public void ATopologyFillsItsRows()
    {
        var rows = MemberRows.Of(Topology.Of(RegularGraphs.Grid(2, 3)));
        Enumerable.Range(0, 6).Select(rows.Count).Sum().ShouldBe(14);
        rows.Remove(0, 1).ShouldBeTrue();
        rows.Add(0, 5).ShouldBeTrue();
        rows.Add(0, 1).ShouldBeFalse("the row has room for as many as there were");
    }
}
