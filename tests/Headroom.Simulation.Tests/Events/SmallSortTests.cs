using System.Runtime.Intrinsics;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Events;

namespace Headroom.Simulation.Tests.Events;

public class SmallSortTests
{
    [Fact]
    public void CountingPlacesAgreesWithInsertionAtEveryLength()
    {
        for (int count = 1; count <= SmallSort.Most; count++)
        {
            for (int trial = 0; trial < 40; trial++)
            {
                RandomStream random = new Seed(31).At(count).At(trial).Stream();
                var items = new SimulationEvent[count];
                long baseNs = (long)random.Below(1UL << 60);
                for (int i = 0; i < count; i++)
                {
                    // Many ties; in every third trial sequences that do not ascend, which only insertion can sort.
                    long serial = trial % 3 == 0 ? (i * 7) % 32 : i;
                    items[i] = new SimulationEvent(baseNs + random.Below(count), serial, 0, i, -i);
                }

                var expected = new SimulationEvent[count];
                var byInsertion = new SimulationEvent[count];
                var sorted = new SimulationEvent[count];
                items.CopyTo(expected, 0);
                Array.Sort(expected);
                SmallSort.SortByInsertion(items, byInsertion);
                SmallSort.Sort(items, sorted);
                byInsertion.ShouldBe(expected);
                sorted.ShouldBe(expected);
                if (Vector512.IsHardwareAccelerated && trial % 3 != 0 && items.All(item => (item.TimeNs ^ baseNs) < 1L << 58))
                {
                    Array.Clear(sorted);
                    SmallSort.TrySortByRank(items, ref sorted[0]).ShouldBeTrue();
                    sorted.ShouldBe(expected);
                }
            }
        }
    }

    [Fact]
    public void TimesThatDifferInTheirHighestBitsAreLeftToInsertion()
    {
        SimulationEvent[] items = [new(SimulationEvent.TimeNsMax, 0, 0, 0, 0), new(5, 1, 0, 0, 0), new(1L << 59, 2, 0, 0, 0)];
        var sorted = new SimulationEvent[3];
        SmallSort.TrySortByRank(items, ref sorted[0]).ShouldBeFalse();
        SmallSort.Sort(items, sorted);
        sorted.ShouldBe([items[1], items[2], items[0]]);
    }
}
