using Headroom.Dissemination.Memory;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.HyParView;

/// <summary>
/// HyParView [leitao2007b]: each member keeps a small <em>active view</em> of neighbours, to whom it sends and who send to it, and a larger <em>passive
/// view</em> from which it replaces neighbours that fail. Joins walk through the overlay; shuffles mix the passive views. Tables shared by the members
/// of one run; a step touches the rows of the member whose turn it is. About 4 (active + passive) + 23 bytes a member.
/// <para>The paper rests on TCP; here messages may be lost, hence: joins and requests are repeated until answered, a new member takes its contact for a
/// neighbour when the contact says so, and whoever is sent something by a member that it does not hold for a neighbour tells it so.</para>
/// </summary>
public sealed partial class HyParViewMembership
{
    /// <summary>Timers that a process which embeds the membership leaves to it: 0 and 1.</summary>
    public const int TimerCount = 2;

    private const int UpkeepTimer = 0;
    private const int ReplyTimer = 1;
    private const int None = -1;

    private readonly HyParViewOptions _options;
    private readonly int[] _asked;
    private readonly int[] _shufflesLeft;
    private readonly byte[] _attemptsLeft;
    private readonly byte[] _joinsLeft;
    private readonly bool[] _hasJoined;
    private readonly bool[] _hasLeft;

    public HyParViewMembership(HyParViewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        Active = new MemberRows(options.Members, options.ActiveView);
        Passive = new MemberRows(options.Members, options.PassiveView);
        _asked = new int[options.Members];
        Array.Fill(_asked, None);
        _shufflesLeft = new int[options.Members];
        _attemptsLeft = new byte[options.Members];
        _joinsLeft = new byte[options.Members];
        _hasJoined = new bool[options.Members];
        _hasLeft = new bool[options.Members];
    }

    /// <summary>Each member's neighbours; a new one is unmarked. Marks are left to the broadcast that runs over them.</summary>
    public MemberRows Active { get; }

    public MemberRows Passive { get; }

    public bool HasJoined(int member) => _hasJoined[member];

    /// <summary>The first input of a life.</summary>
    public void Start(ref Turn turn)
    {
        Reset(turn.Self);
        if (turn.Self == 0)
        {
            // Somebody is the first; its upkeep begins with its first neighbour.
            _hasJoined[0] = true;
        }
        else
        {
            // In its turn, or at once if that has passed.
            long atNs = _options.JoinNs(turn.Self);
            turn.SetTimer(UpkeepTimer, Math.Clamp(atNs - turn.Clock.LocalNs, 0, atNs));
        }
    }

    /// <summary>Back without memory: joins at once.</summary>
    public void Restart(ref Turn turn)
    {
        Reset(turn.Self);
        Join(ref turn);
    }

    /// <summary>What a client's request says to a member that is to leave.</summary>
    public static ReadOnlySpan<byte> LeaveRequest => [(byte)HyParViewVerb.Leave];

    /// <summary>
    /// Goes for good: tells its neighbours, who ask a spare each to take its place, and is silent from then on. Those who keep it as a spare find out when they ask it and
    /// get no answer.
    /// </summary>
    public void Leave(ref Turn turn)
    {
        int self = turn.Self;
        for (int i = 0; i < Active.Count(self); i++)
        {
            HyParViewHead.SendLeave(Active[self, i], ref turn);
        }

        Reset(self);
        // No joins and no repairs: it answers nobody any more.
        (_joinsLeft[self], _attemptsLeft[self], _hasLeft[self]) = (0, 0, true);
        turn.CancelTimer(UpkeepTimer);
        turn.CancelTimer(ReplyTimer);
    }

    public bool HasLeft(int member) => _hasLeft[member];

    public void TimerFired(int timer, ref Turn turn)
    {
        int self = turn.Self;
        if (timer == ReplyTimer)
        {
            if (_asked[self] != None)
            {
                Passive.Remove(self, _asked[self]);
                _asked[self] = None;
                Repair(ref turn);
            }
        }
        else if (Active.Count(self) == 0)
        {
            Join(ref turn);
        }
        else
        {
            Shuffle(ref turn);
        }
    }

    public void Receive(int from, in HyParViewHead head, ref Turn turn)
    {
        int self = turn.Self;
        if (_hasLeft[self])
        {
            return;
        }

        switch (head.Verb)
        {
            case HyParViewVerb.Join when _hasJoined[self]:
                Welcome(from, ref turn);
                break;
            case HyParViewVerb.ForwardJoin:
                Meet(from, ref turn);
                ForwardJoin(from, head.Member, head.Number, ref turn);
                break;
            case HyParViewVerb.Neighbour:
                bool isAccepted = head.Number != 0 || !Active.IsFull(self) || Active.Contains(self, from);
                if (isAccepted)
                {
                    Link(from, ref turn);
                }

                HyParViewHead.SendNeighbourReply(from, isAccepted, ref turn);
                break;
            case HyParViewVerb.NeighbourReply:
                Answered(from, head.Number != 0, ref turn);
                break;
            case HyParViewVerb.Disconnect when Active.Remove(self, from):
                // The attempts left must do: two members that drive each other out would never end.
                Remember(from, ref turn);
                Repair(ref turn);
                break;
            case HyParViewVerb.Leave:
                // As one that is known to be dead.
                LinkDown(from, ref turn);
                break;
            case HyParViewVerb.Shuffle:
                Meet(from, ref turn);
                TakeShuffle(from, head, ref turn);
                break;
            case HyParViewVerb.ShuffleReply:
                Span<int> learned = stackalloc int[head.Count];
                head.CopyTo(learned);
                Learn(learned, default, ref turn);
                break;
        }
    }

    /// <summary>A member that was sent something by another that it does not hold for a neighbour says so; true when they are neighbours.</summary>
    public bool Meet(int from, ref Turn turn)
    {
        if (Active.Contains(turn.Self, from))
        {
            return true;
        }

        if (_hasLeft[turn.Self])
        {
            return false;
        }

        HyParViewHead.SendDisconnect(from, ref turn);
        return false;
    }

    /// <summary>The peer is known to be dead, or out of reach.</summary>
    public void LinkDown(int peer, ref Turn turn)
    {
        int self = turn.Self;
        Passive.Remove(self, peer);
        if (_asked[self] == peer)
        {
            _asked[self] = None;
            turn.CancelTimer(ReplyTimer);
            Repair(ref turn);
        }

        if (Active.Remove(self, peer))
        {
            RepairAnew(ref turn);
        }
    }

    /// <summary>The peer is in reach again.</summary>
    public void LinkUp(int peer, ref Turn turn)
    {
        if (!_hasLeft[turn.Self] && !Active.Contains(turn.Self, peer))
        {
            Remember(peer, ref turn);
            RepairAnew(ref turn);
        }
    }

    private void Reset(int member)
    {
        Active.Clear(member);
        Passive.Clear(member);
        _asked[member] = None;
        _hasJoined[member] = _hasLeft[member] = false;
        _attemptsLeft[member] = (byte)_options.RepairAttempts;
        _joinsLeft[member] = (byte)_options.JoinAttempts;
        _shufflesLeft[member] = _options.Shuffles;
    }

    /// <summary>Takes the peer for a neighbour, in the place of a random one if need be.</summary>
    private void Link(int peer, ref Turn turn)
    {
        int self = turn.Self;
        if (Active.Contains(self, peer))
        {
            return;
        }

        if (Active.IsFull(self))
        {
            int i = turn.Random.Below(Active.Count(self));
            int dropped = Active[self, i];
            Active.RemoveAt(self, i);
            HyParViewHead.SendDisconnect(dropped, ref turn);
            Remember(dropped, ref turn);
        }

        bool wasAlone = Active.Count(self) == 0;
        Passive.Remove(self, peer);
        Active.Add(self, peer);
        if (wasAlone)
        {
            Joined(ref turn);
        }
    }

    /// <summary>Keeps a member in the passive view, in the place of a random one if need be.</summary>
    private void Remember(int member, ref Turn turn)
    {
        int self = turn.Self;
        if (member == self || Active.Contains(self, member) || Passive.Contains(self, member))
        {
            return;
        }

        if (Passive.IsFull(self))
        {
            Passive.RemoveAt(self, turn.Random.Below(Passive.Count(self)));
        }

        Passive.Add(self, member);
    }

    private void RepairAnew(ref Turn turn)
    {
        _joinsLeft[turn.Self] = (byte)_options.JoinAttempts;
        _attemptsLeft[turn.Self] = (byte)_options.RepairAttempts;
        Repair(ref turn);
    }

    /// <summary>Asks a random member of the passive view to fill a gap in the active one; who knows nobody any more joins anew.</summary>
    private void Repair(ref Turn turn)
    {
        int self = turn.Self;
        if (!_hasJoined[self] || _asked[self] != None || Active.IsFull(self))
        {
            return;
        }

        if (_attemptsLeft[self] == 0 || Passive.Count(self) == 0)
        {
            if (Active.Count(self) == 0)
            {
                Join(ref turn);
            }

            return;
        }

        _attemptsLeft[self]--;
        _asked[self] = Passive[self, turn.Random.Below(Passive.Count(self))];
        HyParViewHead.SendNeighbour(_asked[self], Active.Count(self) < _options.PriorityBelow, ref turn);
        turn.SetTimer(ReplyTimer, _options.ReplyNs);
    }

    private void Answered(int from, bool isAccepted, ref Turn turn)
    {
        int self = turn.Self;
        if (isAccepted && !Active.Contains(self, from))
        {
            if (Active.IsFull(self))
            {
                HyParViewHead.SendDisconnect(from, ref turn);
            }
            else
            {
                Link(from, ref turn);
            }
        }

        if (_asked[self] == from)
        {
            _asked[self] = None;
            turn.CancelTimer(ReplyTimer);
            Repair(ref turn);
        }
    }
}
