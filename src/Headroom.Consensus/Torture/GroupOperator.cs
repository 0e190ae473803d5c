using Headroom.Consensus.Groups;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Torture;

/// <summary>Changes who is a voter and who a learner, and asks leaders to hand over, until a moment; from then on it wants all members to be voters. It asks every server: only a leader heeds it.</summary>
internal sealed class GroupOperator(int servers, long periodNs, long untilNs) : IGroupRole
{
    private const int Timer = 0;

    private long _number;
    private ulong _voters = (1UL << (servers + 1)) - 2;

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (input.Kind is not (InputKind.Start or InputKind.Timer))
        {
            return;
        }

        ref RandomStream random = ref turn.Random;
        turn.SetTimer(Timer, (periodNs / 2) + (long)random.Below((ulong)periodNs));
        if (input.Kind == InputKind.Start)
        {
            return;
        }

        bool isOver = turn.Clock.LocalNs >= untilNs;
        int what = random.Below(8);
        if (!isOver && what == 0)
        {
            Ask(ClientVerb.Transfer, 1 + random.Below(servers), ref turn);
            return;
        }

        ulong all = (1UL << (servers + 1)) - 2;
        if (isOver || what > 3)
        {
            _voters = isOver ? all : Some(ref random);
            Ask(_voters, all & ~_voters & random.NextUInt64(), isOver ? Transition.Auto : (Transition)random.Below(3), ref turn);
            return;
        }

        // One voter more or less, and before that change can be done another, which does not know of it: each alone is a simple change.
        ulong before = _voters;
        for (int i = 0; i < 2; i++)
        {
            ulong changed = 2UL << random.Below(servers);
            if (ulong.PopCount(_voters ^ changed) >= 2 && ulong.PopCount(before ^ changed) >= 2)
            {
                Ask(before ^ changed, 0, Transition.Auto, ref turn);
                _voters ^= changed;
            }
        }
    }

    private ulong Some(ref RandomStream random)
    {
        int count = Math.Min(servers, 2 + random.Below(servers - 1));
        ulong voters = 0;
        while (ulong.PopCount(voters) < (ulong)count)
        {
            voters |= 2UL << random.Below(servers);
        }

        return voters;
    }

    private void Ask(ulong voters, ulong learners, Transition transition, ref Turn turn)
    {
        Span<byte> room = stackalloc byte[2 + (3 * Varint.LengthMax)];
        var writer = new VarintWriter(room);
        writer.Byte((byte)ClientVerb.Reconfigure);
        writer.Number(++_number);
        writer.Number((long)voters);
        writer.Number((long)learners);
        writer.Byte((byte)transition);
        SendToAll(room[..writer.Length], ref turn);
    }

    private void Ask(ClientVerb verb, int target, ref Turn turn)
    {
        Span<byte> room = stackalloc byte[1 + (2 * Varint.LengthMax)];
        var writer = new VarintWriter(room);
        writer.Byte((byte)verb);
        writer.Number(++_number);
        writer.Number(target);
        SendToAll(room[..writer.Length], ref turn);
    }

    private void SendToAll(scoped ReadOnlySpan<byte> head, ref Turn turn)
    {
        int message = turn.Compose(head);
        for (int server = 0; server < servers; server++)
        {
            turn.Send(server, message);
        }
    }
}
