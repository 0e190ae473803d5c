using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Messages;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Raft.Hosting;

public class HeldMessagesTests
{
    [Fact]
    public void MessagesLeaveInTheirOrderAsTheyCame()
    {
        RandomStream random = new Seed(1).Stream();
        var held = new HeldMessages();
        var queue = new Queue<(int Record, RaftMessage Message)>();
        for (int step = 0; step < 10_000; step++)
        {
            // More come than leave at first, so that the ring grows from any place.
            if (random.Below(100) < (step < 200 ? 60 : 50) || queue.Count == 0)
            {
                var message = new RaftMessage { Kind = MessageKind.Written, From = 3, To = 3, Term = step, Index = random.Below(1000), LogTerm = random.Below(9), Snapshot = random.Below(9) == 0 ? new RaftSnapshot(step, 1, Configuration.None, default) : null };
                held.Enqueue(message, step);
                queue.Enqueue((step, message));
            }
            else
            {
                (int record, RaftMessage message) = queue.Dequeue();
                held.FirstRecord.ShouldBe(record);
                held.Dequeue(3).ShouldBe(message);
            }

            held.Count.ShouldBe(queue.Count);
        }
    }
}
