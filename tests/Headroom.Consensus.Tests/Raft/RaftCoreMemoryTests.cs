using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Messages;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Raft;

/// <summary>In a steady state, its log compacted as it grows, a group allocates nothing.</summary>
public sealed class RaftCoreMemoryTests
{
    private readonly RaftCore[] _cores = [.. Enumerable.Range(1, 3).Select(id => new RaftCore(
        new RaftOptions { ElectionTicks = 10, HeartbeatTicks = 1 }, id, new Seed(1).At(id),
        new Restored(default, new RaftSnapshot(0, 0, new Configuration { Voters = IdSet.Of([1, 2, 3]) }, default), []) { AfterCrash = false }))];

    private readonly Queue<RaftMessage> _messages = new(256);

    [Fact]
    public void ASteadyStateAllocatesNothing()
    {
        _cores[0].Campaign();
        Settle();
        _cores[0].Role.ShouldBe(Role.Leader);
        Work(4000);
        long least = long.MaxValue;
        // Whatever else runs in the process now and then is charged to nobody: the least of several turns counts.
        for (int turn = 0; turn < 5; turn++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Work(2000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.ShouldBe(0);
        _cores.ShouldAllBe(core => core.Applied == _cores[0].LastIndex);
        _cores[0].LastIndex.ShouldBe(14_001);
    }

    private void Work(int commands)
    {
        for (int i = 0; i < commands; i++)
        {
            _cores[0].Propose("a command of some length"u8);
            Settle();
            if (i % 100 == 99)
            {
                _cores[0].Tick();
                Settle();
                foreach (RaftCore core in _cores)
                {
                    core.Compact(core.Applied - 10);
                }
            }
        }
    }

    private void Settle()
    {
        bool isDone = false;
        while (!isDone)
        {
            isDone = _messages.Count == 0;
            while (_messages.TryDequeue(out RaftMessage message))
            {
                _cores[message.To - 1].Step(message);
            }

            foreach (RaftCore core in _cores)
            {
                isDone &= !core.HasReady;
                if (core.HasReady)
                {
                    Do(core);
                }
            }
        }

        foreach (RaftCore core in _cores)
        {
            core.Release();
        }
    }

    /// <summary>All is durable and applied at once.</summary>
    private void Do(RaftCore core)
    {
        RaftReady ready = core.TakeReady();
        foreach (ref readonly RaftMessage message in ready.Messages)
        {
            _messages.Enqueue(message);
        }

        foreach (ref readonly RaftMessage answer in ready.Answers)
        {
            _messages.Enqueue(answer);
        }

        if (!ready.Committed.IsEmpty)
        {
            core.AppliedTo(ready.Committed[ready.Committed.Count - 1].Index);
        }
    }
}
