using Headroom.Dissemination.Memory;
using Headroom.Kernel.Randomness;

namespace Headroom.Dissemination.Tests.Memory;

public class BroadcastMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void ItRemembersTheLatestAsAListWould(int capacity)
    {
        const int Members = 3;
        var memory = new BroadcastMemory<int>(Members, capacity);
        var lists = new List<(long Broadcast, int Body, int State)>[Members];
        for (int member = 0; member < Members; member++)
        {
            lists[member] = [];
        }

        RandomStream random = new Seed(5).At(capacity).Stream();
        for (int i = 0; i < 5000; i++)
        {
            int member = random.Below(Members);
            // Few distinct numbers, some of them far apart, so that the hash index collides.
            long broadcast = (long)random.Below(capacity * 3) << (20 * random.Below(3));
            List<(long Broadcast, int Body, int State)> list = lists[member];
            int known = list.FindIndex(e => e.Broadcast == broadcast);
            int slot = memory.Find(member, broadcast);
            (slot >= 0).ShouldBe(known >= 0);
            if (known < 0)
            {
                slot = memory.Add(member, broadcast, i + 1);
                memory.State(slot).ShouldBe(0);
                memory.State(slot) = i * 7;
                list.Add((broadcast, i + 1, i * 7));
                if (list.Count > capacity)
                {
                    list.RemoveAt(0);
                }
            }

            if (random.Bernoulli(0.002))
            {
                memory.Clear(member);
                list.Clear();
            }

            memory.Count(member).ShouldBe(list.Count);
            for (int k = 0; k < list.Count; k++)
            {
                int at = memory.SlotAt(member, k);
                (memory.Broadcast(at), memory.Body(at), memory.State(at)).ShouldBe(list[k]);
            }
        }
    }
}
