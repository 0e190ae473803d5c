using Headroom.Dissemination.Detection;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Swim;

/// <summary>
/// SWIM [das2002]: each period a member pings another; without an answer in time it asks k others to try; without one at the period's end it suspects it,
/// and after the suspicion's time declares it dead unless it was heard to live. News travel on these messages. A member that is told of its own
/// suspicion or death says in its next incarnation that it lives; whoever is pinged while suspected is told so first (as hashicorp/memberlist does).
/// </summary>
public struct SwimProcess(SwimTables tables) : IProcess
{
    private const int PeriodTimer = 0;
    private const int AnswerTimer = 1;
    private const int None = -1;

    private readonly SwimTables _tables = tables;
    private int _period;
    private int _target;
    private int _incarnation;

    // Its order of the others: place + step i (mod n), a step prime to n.
    private int _place;
    private int _step;
    private int _asked;
    private bool _isAnswered;
    private bool _hasLeft;

    public static int TimerCount => 2;

    /// <summary>What a client's request says to a member that is to leave.</summary>
    public static ReadOnlySpan<byte> LeaveRequest => [(byte)SwimVerb.Leave];

    public readonly int Incarnation => _incarnation;

    private readonly SwimOptions Options => _tables.Options;

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (_hasLeft && input.Kind is not (InputKind.Start or InputKind.Recovery))
        {
            return;
        }

        switch (input.Kind)
        {
            case InputKind.Start:
                Begin(turn.Clock.LocalNs > Options.PeriodNs, ref turn);
                break;
            case InputKind.Recovery when input.Number < 0:
                Begin(isLate: true, ref turn);
                break;
            case InputKind.Timer when input.Number == PeriodTimer:
                NextPeriod(ref turn);
                break;
            case InputKind.Timer when input.Number == AnswerTimer:
                AskOthers(ref turn);
                break;
            case InputKind.Request when input.Head.SequenceEqual(LeaveRequest):
                Leave(ref turn);
                break;
            case InputKind.Message when SwimHead.TryRead(input.Head, Options.Members, out SwimHead head):
                Receive(head, input.Peer, ref turn);
                break;
        }
    }

    private void Begin(bool isLate, ref Turn turn)
    {
        _tables.Clear(turn.Self);
        _target = None;
        _hasLeft = false;
        _step = 0;
        if (isLate && Options.Members > 1)
        {
            int contact = turn.Random.Below(Options.Members - 1);
            Send(contact < turn.Self ? contact : contact + 1, SwimVerb.Join, turn.Self, turn.Self, 0, ref turn);
        }

        turn.SetTimer(PeriodTimer, Options.InStep ? 0 : (long)turn.Random.Below((ulong)Options.PeriodNs));
    }

    private void NextPeriod(ref Turn turn)
    {
        turn.SetTimer(PeriodTimer, Options.PeriodNs);
        _period++;
        if (_target != None && !_isAnswered)
        {
            SwimNews held = _tables[turn.Self, _target];
            MemberStatus verdict = Options.SuspicionPeriods > 0 ? MemberStatus.Suspect : MemberStatus.Dead;
            Learn(new SwimNews(_target, verdict, held.Incarnation), ref turn);
        }

        while (_tables.TryExpire(turn.Self, _period, out SwimNews suspect))
        {
            Learn(new SwimNews(suspect.Subject, MemberStatus.Dead, suspect.Incarnation), ref turn);
        }

        _isAnswered = false;
        _target = Options.InTurn ? NextInTurn(ref turn) : RandomOther(ref turn);
        if (_target != None)
        {
            Send(_target, SwimVerb.Ping, _target, turn.Self, _period, ref turn);
            turn.SetTimer(AnswerTimer, Options.AnswerNs);
        }
    }

    private readonly void AskOthers(ref Turn turn)
    {
        if (_isAnswered || _target == None)
        {
            return;
        }

        // Drawn again on a repetition; a few may be left out where few are alive.
        Span<int> asked = stackalloc int[Options.Proxies];
        int count = 0;
        for (int draw = 0; draw < 4 * asked.Length && count < asked.Length; draw++)
        {
            int proxy = turn.Random.Below(Options.Members);
            if (proxy != turn.Self && proxy != _target && !asked[..count].Contains(proxy) && _tables[turn.Self, proxy].Status != MemberStatus.Dead)
            {
                asked[count++] = proxy;
                Send(proxy, SwimVerb.PingRequest, _target, turn.Self, _period, ref turn);
            }
        }
    }

    private void Receive(in SwimHead head, int from, ref Turn turn)
    {
        for (int i = 0; i < head.Count; i++)
        {
            Learn(head[i], ref turn);
        }

        int self = turn.Self;
        switch (head.Verb)
        {
            case SwimVerb.Ping when head.Subject == self:
                Send(from, SwimVerb.Ack, self, head.Requester, head.Period, ref turn);
                break;
            case SwimVerb.PingRequest when head.Subject != self && head.Requester == from:
                Send(head.Subject, SwimVerb.Ping, head.Subject, head.Requester, head.Period, ref turn);
                break;
            case SwimVerb.Ack when head.Requester == self:
                _isAnswered |= head.Subject == _target && head.Period == (ushort)_period;
                break;
            case SwimVerb.Ack when head.Subject == from:
                Send(head.Requester, SwimVerb.Ack, head.Subject, head.Requester, head.Period, ref turn);
                break;
            case SwimVerb.Join:
                TellAll(from, ref turn);
                break;
            case SwimVerb.Leave:
                Learn(new SwimNews(from, MemberStatus.Dead, _tables[self, from].Incarnation), ref turn);
                break;
        }
    }

    private void Learn(SwimNews news, ref Turn turn)
    {
        int self = turn.Self;
        if (news.Subject == self)
        {
            if (news.Status != MemberStatus.Alive && news.Incarnation >= _incarnation && news.Incarnation < SwimNews.IncarnationMax)
            {
                _incarnation = news.Incarnation + 1;
                _tables.Spread(self, new SwimNews(self, MemberStatus.Alive, _incarnation));
            }

            return;
        }

        MemberStatus before = _tables[self, news.Subject].Status;
        if (_tables.Learn(self, news, _period) && news.Status != before)
        {
            StatusNotice.Tell(news.Subject, news.Status, ref turn);
        }
    }

    /// <summary>The next of its order that it does not hold for dead; a new order when this one is through.</summary>
    private int NextInTurn(ref Turn turn)
    {
        int members = Options.Members;
        for (int tries = 0; tries < 2 * members; tries++)
        {
            if (_step == 0 || _asked == members)
            {
                _asked = 0;
                _place = turn.Random.Below(members);
                do
                {
                    _step = 1 + turn.Random.Below(members);
                }
                while (GreatestCommonDivisor(_step, members) != 1);
            }

            _asked++;
            _place = (int)(((long)_place + _step) % members);
            if (_place != turn.Self && _tables[turn.Self, _place].Status != MemberStatus.Dead)
            {
                return _place;
            }
        }

        return None;
    }

    private readonly int RandomOther(ref Turn turn)
    {
        for (int tries = 0; tries < 64 && Options.Members > 1; tries++)
        {
            int other = turn.Random.Below(Options.Members - 1);
            other = other < turn.Self ? other : other + 1;
            if (_tables[turn.Self, other].Status != MemberStatus.Dead)
            {
                return other;
            }
        }

        return None;
    }

    private readonly void Send(int peer, SwimVerb verb, int subject, int requester, int period, ref Turn turn)
    {
        if (peer == turn.Self)
        {
            return;
        }

        Span<SwimNews> news = stackalloc SwimNews[Options.NewsPerMessage + 1];
        int count = 0;
        SwimNews held = _tables[turn.Self, peer];
        if (held.Status != MemberStatus.Alive)
        {
            news[count++] = held;
        }

        count += _tables.Take(turn.Self, news.Slice(count, Options.NewsPerMessage));
        Span<byte> head = stackalloc byte[SwimHead.Length(count)];
        turn.Send(peer, head[..SwimHead.Write(head, verb, period, subject, requester, news[..count])]);
    }

    /// <summary>Everything that a newcomer cannot guess: who is not alive in incarnation 0.</summary>
    private readonly void TellAll(int newcomer, ref Turn turn)
    {
        Span<SwimNews> news = stackalloc SwimNews[SwimHead.NewsMax];
        Span<byte> head = stackalloc byte[SwimHead.Length(SwimHead.NewsMax)];
        int count = 0;
        for (int subject = 0; subject <= Options.Members; subject++)
        {
            if (subject < Options.Members && _tables[turn.Self, subject].Key != 0)
            {
                news[count++] = _tables[turn.Self, subject];
            }

            if (count == news.Length || (subject == Options.Members && count > 0))
            {
                turn.Send(newcomer, head[..SwimHead.Write(head, SwimVerb.Tell, 0, turn.Self, newcomer, news[..count])]);
                count = 0;
            }
        }
    }

    private void Leave(ref Turn turn)
    {
        for (int i = 0; i <= Options.Proxies && Options.Members > 1; i++)
        {
            int other = RandomOther(ref turn);
            if (other != None)
            {
                Send(other, SwimVerb.Leave, turn.Self, turn.Self, 0, ref turn);
            }
        }

        _hasLeft = true;
        turn.CancelTimer(PeriodTimer);
        turn.CancelTimer(AnswerTimer);
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
