using Headroom.Consensus.Groups;
using Headroom.Consensus.KeyValue;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Locks;

/// <summary>
/// A client that takes locks from a replicated store with compare-and-set. A lock's value is a mark: of nobody, or a holder's, which it changes when it renews its lease. A lease counts from when
/// its holder asked for it, by the holder's clock; whoever has seen one mark for as long as a lease, counted from the answer that showed it, may put its own in its place: the holder's time is over by then, if clocks run equally fast.
/// </summary>
internal sealed class LockClient(LockLoad load, LockPlan plan, AskOptions asking, int number, int clients) : IGroupRole
{
    private const int NextTimer = 0;
    private const int RetryTimer = 1;
    private const int HoldTimer = 2;
    private const int RenewTimer = 3;
    private const int PollTimer = 4;
    private const int Nobody = 1;

    private readonly StoreCaller _caller = new(asking.Servers, asking.FirstServer, asking.TimeoutNs, RetryTimer);
    private readonly List<LockGrant> _grants = [];
    private readonly List<int> _found = [];
    private LockStep _step;
    private int _made;
    private int _lock;
    private int _mark;
    private int _nextMark;
    private int _marks;
    private int _seen;
    private long _seenNs;
    private long _askedNs;
    private long _untilNs;
    private bool _isOver;

    /// <summary>In order; the last one may be under way.</summary>
    public IReadOnlyList<LockGrant> Grants => _grants;

    public bool IsDone => _made == plan.DueNs.Count && _step == LockStep.Idle;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start when plan.FreesNs is { } ns:
                turn.SetTimer(NextTimer, Math.Max(0, ns - turn.Clock.LocalNs));
                break;
            case InputKind.Start:
                Rest(ref turn);
                break;
            case InputKind.Timer:
                OnTimer((int)input.Number, ref turn);
                break;
            case InputKind.Message:
                _found.Clear();
                if (_caller.TryTake(input, ref turn, _found, out bool hasValue))
                {
                    OnAnswer(hasValue, ref turn);
                }

                break;
            default:
                break;
        }
    }

    private void OnTimer(int timer, ref Turn turn)
    {
        switch (timer)
        {
            case RetryTimer when _caller.IsWaiting:
                _caller.TryAgain(int.MaxValue, ref turn);
                break;
            case NextTimer when plan.FreesNs is not null && _lock < load.Locks && _made == 0 && _step == LockStep.Idle:
                Free(ref turn);
                break;
            case NextTimer:
                Begin(ref turn);
                break;
            case PollTimer:
                Look(ref turn);
                break;
            case HoldTimer:
                _isOver = true;
                if (_step == LockStep.Holding)
                {
                    Release(ref turn);
                }

                break;
            case RenewTimer when _step == LockStep.Holding:
                _step = LockStep.Renewing;
                Exchange(_mark, Fresh(), ref turn);
                break;
            default:
                break;
        }
    }

    private void OnAnswer(bool hasValue, ref Turn turn)
    {
        long nowNs = turn.Clock.LocalNs;
        switch (_step)
        {
            case LockStep.Freeing:
                _lock++;
                Free(ref turn);
                break;
            case LockStep.Asking when hasValue:
                Hold(nowNs, ref turn);
                break;
            case LockStep.Asking:
                Look(ref turn);
                break;
            case LockStep.Looking:
                Judge(nowNs, ref turn);
                break;
            case LockStep.Renewing:
                Renewed(hasValue, nowNs, ref turn);
                break;
            case LockStep.Releasing:
                _grants[^1] = _grants[^1] with { ReleasedNs = hasValue ? nowNs : LockGrant.Never };
                Rest(ref turn);
                break;
            default:
                break;
        }
    }

    private void Free(ref Turn turn)
    {
        if (_lock == load.Locks)
        {
            Rest(ref turn);
            return;
        }

        _step = LockStep.Freeing;
        _caller.Ask(new KeyValueCommand(KeyValueVerb.Put, _lock, Nobody), ref turn);
    }

    private void Rest(ref Turn turn)
    {
        _step = LockStep.Idle;
        if (_made < plan.DueNs.Count)
        {
            turn.SetTimer(NextTimer, Math.Max(0, plan.DueNs[_made] - turn.Clock.LocalNs));
        }
    }

    private void Begin(ref Turn turn)
    {
        _lock = turn.Random.Below(load.Locks);
        _seen = 0;
        _isOver = false;
        _grants.Add(new LockGrant(_lock, plan.DueNs[_made++], LockGrant.Never, LockGrant.Never, LockGrant.Never));
        Ask(Nobody, ref turn);
    }

    private void Ask(int expected, ref Turn turn)
    {
        _step = LockStep.Asking;
        Exchange(expected, Fresh(), ref turn);
    }

    private void Exchange(int expected, int mark, ref Turn turn)
    {
        _askedNs = turn.Clock.LocalNs;
        _nextMark = mark;
        _caller.Ask(new KeyValueCommand(KeyValueVerb.CompareAndSet, _lock, mark, expected), ref turn);
    }

    private void Look(ref Turn turn)
    {
        _step = LockStep.Looking;
        _caller.Ask(new KeyValueCommand(KeyValueVerb.Get, _lock), ref turn);
    }

    private void Judge(long nowNs, ref Turn turn)
    {
        int mark = _found.Count == 1 ? _found[0] : 0;
        if (mark == Nobody || (mark == _seen && nowNs >= _seenNs + load.PatienceNs))
        {
            Ask(mark, ref turn);
            return;
        }

        if (mark != _seen)
        {
            (_seen, _seenNs) = (mark, nowNs);
        }

        _step = LockStep.Waiting;
        turn.SetTimer(PollTimer, Math.Min(load.PollNs, _seenNs + load.PatienceNs - nowNs));
    }

    private void Hold(long nowNs, ref Turn turn)
    {
        _mark = _nextMark;
        _untilNs = _askedNs + load.LeaseNs;
        if (nowNs >= _untilNs)
        {
            // The answer came when the lease was over: it may be another's already.
            Look(ref turn);
            return;
        }

        _step = LockStep.Holding;
        _grants[^1] = _grants[^1] with { GrantedNs = nowNs, EndNs = _untilNs };
        turn.SetTimer(HoldTimer, plan.HoldNs);
        Renew(nowNs, ref turn);
    }

    private void Renew(long nowNs, ref Turn turn) => turn.SetTimer(RenewTimer, Math.Max(0, _untilNs - (load.LeaseNs / 2) - nowNs));

    private void Renewed(bool hasValue, long nowNs, ref Turn turn)
    {
        if (!hasValue || nowNs >= _untilNs)
        {
            // Too late: the lock was lost when its lease ran out.
            turn.CancelTimer(HoldTimer);
            Rest(ref turn);
            return;
        }

        _mark = _nextMark;
        _untilNs = _askedNs + load.LeaseNs;
        _grants[^1] = _grants[^1] with { EndNs = _untilNs };
        _step = LockStep.Holding;
        if (_isOver)
        {
            Release(ref turn);
        }
        else
        {
            Renew(nowNs, ref turn);
        }
    }

    private void Release(ref Turn turn)
    {
        turn.CancelTimer(RenewTimer);
        _grants[^1] = _grants[^1] with { EndNs = Math.Min(_untilNs, turn.Clock.LocalNs) };
        _step = LockStep.Releasing;
        Exchange(_mark, Nobody, ref turn);
    }

    /// <summary>A mark that nobody had before, or not for tens of thousands of marks.</summary>
    private int Fresh() => Nobody + 1 + (((_marks++ * clients) + number) % (KeyValueCommand.TokenMax - Nobody - 1));
}
