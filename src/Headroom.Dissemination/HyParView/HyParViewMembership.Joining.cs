using Headroom.Dissemination.Memory;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.HyParView;

/// <summary>Joins and shuffles: walks through the overlay.</summary>
public sealed partial class HyParViewMembership
{
    private void Join(ref Turn turn)
    {
        int self = turn.Self;
        if (_joinsLeft[self] == 0 || _options.Members == 1)
        {
            return;
        }

        _joinsLeft[self]--;
        HyParViewHead.SendJoin(Contact(self, ref turn), ref turn);
        turn.SetTimer(UpkeepTimer, _options.ReplyNs);
    }

    /// <summary>By turns somebody who joined long enough before, and anybody (of whom some may not have joined).</summary>
    private int Contact(int self, ref Turn turn)
    {
        if (self > 0 && ((_options.JoinAttempts - _joinsLeft[self]) & 1) == 1)
        {
            return turn.Random.Below((self + 1) / 2);
        }

        int contact = turn.Random.Below(_options.Members - 1);
        return contact < self ? contact : contact + 1;
    }

    private void Joined(ref Turn turn)
    {
        int self = turn.Self;
        _hasJoined[self] = true;
        if (_shufflesLeft[self] == 0)
        {
            turn.CancelTimer(UpkeepTimer);
            return;
        }

        if (_shufflesLeft[self] == _options.Shuffles && _options.Shuffles < int.MaxValue)
        {
            // Who joins early shuffles until the last has joined, so that all rest at about the same time.
            long waitNs = _options.JoinNs(_options.Members - 1) - _options.JoinNs(self);
            _shufflesLeft[self] = (int)Math.Min(int.MaxValue - 1, _options.Shuffles + (waitNs / _options.ShufflePeriodNs));
        }

        turn.SetTimer(UpkeepTimer, 1 + (long)turn.Random.Below((ulong)_options.ShufflePeriodNs));
    }

    /// <summary>A contact links the new member and sends word of it along every link.</summary>
    private void Welcome(int member, ref Turn turn)
    {
        int self = turn.Self;
        bool isNew = !Active.Contains(self, member);
        Link(member, ref turn);
        HyParViewHead.SendNeighbourReply(member, true, ref turn);
        if (!isNew)
        {
            return;
        }

        int message = HyParViewHead.ComposeForwardJoin(member, _options.ActiveWalk, ref turn);
        for (int i = 0; i < Active.Count(self); i++)
        {
            if (Active[self, i] != member)
            {
                turn.Send(Active[self, i], message);
            }
        }
    }

    private void ForwardJoin(int from, int member, int hopsLeft, ref Turn turn)
    {
        int self = turn.Self;
        if (member == self)
        {
            return;
        }

        int next = hopsLeft == 0 ? None : RandomNeighbour(from, member, ref turn);
        if (next == None)
        {
            if (!Active.Contains(self, member))
            {
                Link(member, ref turn);
                HyParViewHead.SendNeighbour(member, hasPriority: true, ref turn);
            }

            return;
        }

        if (hopsLeft == _options.PassiveWalk)
        {
            Remember(member, ref turn);
        }

        turn.Send(next, HyParViewHead.ComposeForwardJoin(member, Math.Min(hopsLeft, _options.ActiveWalk) - 1, ref turn));
    }

    private void Shuffle(ref Turn turn)
    {
        int self = turn.Self;
        if (_shufflesLeft[self] == 0)
        {
            return;
        }

        _shufflesLeft[self] -= _options.Shuffles == int.MaxValue ? 0 : 1;
        RepairAnew(ref turn);
        int target = RandomNeighbour(None, None, ref turn);
        if (target != None)
        {
            Span<int> told = stackalloc int[_options.ShuffledActive + _options.ShuffledPassive];
            int count = Sample(Active, _options.ShuffledActive, target, told, ref turn);
            count += Sample(Passive, _options.ShuffledPassive, target, told[count..], ref turn);
            HyParViewHead.SendShuffle(target, self, _options.ActiveWalk, told[..count], ref turn);
        }

        if (_shufflesLeft[self] > 0)
        {
            turn.SetTimer(UpkeepTimer, _options.ShufflePeriodNs);
        }
    }

    private void TakeShuffle(int from, in HyParViewHead head, ref Turn turn)
    {
        int self = turn.Self;
        if (head.Member == self)
        {
            return;
        }

        int next = head.Number == 0 || head.Number > _options.ActiveWalk ? None : RandomNeighbour(from, head.Member, ref turn);
        if (next != None)
        {
            head.Forward(next, ref turn);
            return;
        }

        Span<int> learned = stackalloc int[head.Count + 1];
        head.CopyTo(learned);
        learned[^1] = head.Member;
        Span<int> told = stackalloc int[learned.Length];
        int count = Sample(Passive, Math.Min(learned.Length, byte.MaxValue), head.Member, told, ref turn);
        HyParViewHead.SendShuffleReply(head.Member, told[..count], ref turn);
        Learn(learned, told[..count], ref turn);
    }

    /// <summary>Takes members into the passive view: those just told elsewhere make room first.</summary>
    private void Learn(scoped ReadOnlySpan<int> learned, scoped ReadOnlySpan<int> told, ref Turn turn)
    {
        int self = turn.Self;
        foreach (int member in learned)
        {
            if (member == self || Active.Contains(self, member) || Passive.Contains(self, member))
            {
                continue;
            }

            while (Passive.IsFull(self) && !told.IsEmpty)
            {
                Passive.Remove(self, told[0]);
                told = told[1..];
            }

            Remember(member, ref turn);
        }
    }

    /// <summary>A random neighbour other than these two; none when there is none.</summary>
    private int RandomNeighbour(int except, int alsoExcept, ref Turn turn)
    {
        int self = turn.Self;
        Span<int> candidates = stackalloc int[Active.Count(self)];
        int count = 0;
        for (int i = 0; i < candidates.Length; i++)
        {
            int peer = Active[self, i];
            if (peer != except && peer != alsoExcept)
            {
                candidates[count++] = peer;
            }
        }

        return count == 0 ? None : candidates[turn.Random.Below(count)];
    }

    /// <summary>Up to so many distinct random members of a row, one left out; how many.</summary>
    private static int Sample(MemberRows rows, int count, int except, scoped Span<int> into, ref Turn turn)
    {
        int self = turn.Self;
        Span<int> drawn = stackalloc int[rows.Count(self)];
        int size = 0;
        for (int i = 0; i < drawn.Length; i++)
        {
            if (rows[self, i] != except)
            {
                drawn[size++] = rows[self, i];
            }
        }

        count = Math.Min(count, size);
        for (int k = 0; k < count; k++)
        {
            int j = k + turn.Random.Below(size - k);
            into[k] = drawn[j];
            drawn[j] = drawn[k];
        }

        return count;
    }
}
