using Headroom.Simulation.Faults;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Hosting;

/// <summary>What a fault plan does to members, links and clocks.</summary>
public sealed partial class SimulationHost<TProcess, TObserver>
{
    private void StartMembers()
    {
        _started = true;
        MarkAbsent();
        foreach (Fault fault in _options.Faults.Faults)
        {
            if (StrikesBeforeStart(fault))
            {
                Strike(fault);
            }
        }

        for (int member = 0; member < Members; member++)
        {
            if (!IsDown(member))
            {
                Step(member, new ProcessInput { Kind = InputKind.Start });
            }
        }
    }

    /// <summary>Members whose first crash, leave or join is a join are not there yet.</summary>
    private void MarkAbsent()
    {
        IReadOnlyList<Fault> faults = _options.Faults.Faults;
        if (!faults.Any(fault => fault.Kind == FaultKind.Join))
        {
            return;
        }

        var seen = new HashSet<int>();
        foreach (Fault fault in faults.OrderBy(fault => fault.TimeNs))
        {
            if (fault.Kind is FaultKind.Join or FaultKind.Leave or FaultKind.Crash or FaultKind.TornCrash or FaultKind.CrashWithMemory && seen.Add(fault.Member) && fault.Kind == FaultKind.Join)
            {
                _states[fault.Member] |= MemberState.Absent;
            }
        }
    }

    /// <summary>At moment 0, what tells nobody: a member that crashes then never starts, a slow one starts slow.</summary>
    private static bool StrikesBeforeStart(in Fault fault) =>
        fault is { TimeNs: 0, Kind: FaultKind.Crash or FaultKind.Slow or FaultKind.Clock or FaultKind.Cut or FaultKind.Partition or FaultKind.Loss };

    private void Strike(int number)
    {
        Fault fault = _options.Faults.Faults[number];
        if (!StrikesBeforeStart(fault))
        {
            Strike(fault);
        }
    }

    private void Strike(in Fault fault)
    {
        _observer.Struck(fault);
        int member = fault.Member;
        switch (fault.Kind)
        {
            case FaultKind.Crash or FaultKind.TornCrash:
                // Without a share, nothing that was not durable is kept.
                Crash(member, MemberState.Crashed, fault.Kind == FaultKind.TornCrash ? fault.Share : 0);
                break;
            case FaultKind.CrashWithMemory when !IsDown(member):
                _states[member] |= MemberState.Stopped;
                break;
            case FaultKind.Restart:
                Restart(member);
                break;
            case FaultKind.Leave:
                Crash(member, MemberState.Absent);
                _durable.Forget(member);
                break;
            case FaultKind.Join:
                Join(member);
                break;
            case FaultKind.Pause when !IsDown(member):
                _states[member] |= MemberState.Paused;
                break;
            case FaultKind.Resume:
                Resume(member);
                break;
            case FaultKind.Slow:
                SetSlow(member, fault.DelayNs);
                break;
            case FaultKind.Clock:
                _clocks![member].Set(NowNs, fault.DelayNs, fault.DriftPpb);
                break;
            default:
                StrikeLinks(fault);
                break;
        }
    }

    private void StrikeLinks(in Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.LinkDown when _cuts.SetDown(fault.Member, fault.Peer, isDown: true):
                TellBoth(fault.Member, fault.Peer, EventKind.LinkDown);
                break;
            case FaultKind.LinkUp when _cuts.SetDown(fault.Member, fault.Peer, isDown: false):
                TellBoth(fault.Member, fault.Peer, EventKind.LinkUp);
                break;
            case FaultKind.Cut or FaultKind.Mend:
                _cuts.SetCut(fault.Member, fault.Peer, fault.Kind == FaultKind.Cut);
                break;
            case FaultKind.Partition or FaultKind.Unite:
                _cuts.Divide(fault.Sets);
                break;
            case FaultKind.Loss:
                _network.SetFaultLoss(fault.Share);
                break;
            case FaultKind.Heal:
                HealLinks();
                break;
            case FaultKind.HealCore:
                HealCore(fault.Sets!);
                break;
        }
    }

    private void HealLinks()
    {
        _network.SetFaultLoss(0);
        foreach ((int a, int b) in _cuts.HealAll())
        {
            TellBoth(a, b, EventKind.LinkUp);
        }
    }

    private void HealCore(MemberSets core)
    {
        HealLinks();
        _network.Heal([.. core.SetOfEach(Members).Select(set => set == 0)]);
        foreach (int member in core[0])
        {
            SetSlow(member, 0);
            Resume(member);
            Restart(member);
            Join(member);
        }
    }

    /// <summary>The member stops without memory: timers, waiting inputs and what is not durable are gone.</summary>
    private void Crash(int member, MemberState how, double keptShare = 0)
    {
        _states[member] &= ~(MemberState.Stopped | MemberState.Paused);
        // Whoever is not there stays so.
        _states[member] |= (_states[member] & MemberState.Absent) != 0 ? MemberState.Absent : how;
        if (how == MemberState.Absent)
        {
            _states[member] &= ~MemberState.Crashed;
        }

        _durable.Crash(member, keptShare);
        Empty(member);
        for (int timer = 0; timer < TProcess.TimerCount; timer++)
        {
            _timerSettings[(member * TProcess.TimerCount) + timer]++;
        }
    }

    private void Restart(int member)
    {
        if ((_states[member] & MemberState.Stopped) != 0)
        {
            _states[member] &= ~MemberState.Stopped;
            Work(member, InboxOf(member));
        }
        else if ((_states[member] & MemberState.Crashed) != 0)
        {
            _states[member] &= ~MemberState.Crashed;
            _processes[member] = _create(member);
            RecordBlocks? records = _durable.Records(member);
            for (int i = 0; i < records?.Count; i++)
            {
                Step(member, new ProcessInput { Kind = InputKind.Recovery, Number = i, Head = records[i] });
            }

            Step(member, new ProcessInput { Kind = InputKind.Recovery, Number = -1 });
        }
    }

    private void Join(int member)
    {
        if ((_states[member] & MemberState.Absent) != 0)
        {
            _states[member] &= ~MemberState.Absent;
            _processes[member] = _create(member);
            Step(member, new ProcessInput { Kind = InputKind.Start });
        }
    }

    private void Resume(int member)
    {
        if ((_states[member] & MemberState.Paused) != 0)
        {
            _states[member] &= ~MemberState.Paused;
            Work(member, InboxOf(member));
        }
    }

    private void SetSlow(int member, long delayNs)
    {
        if (delayNs > 0)
        {
            InboxOf(member).DelayNs = delayNs;
            _states[member] |= MemberState.Slow;
        }
        else if ((_states[member] & MemberState.Slow) != 0)
        {
            InboxOf(member).DelayNs = 0;
            _states[member] &= ~MemberState.Slow;
        }
    }

    private void TellBoth(int member, int peer, EventKind kind)
    {
        Tell(member, kind, peer);
        Tell(peer, kind, member);
    }

    private static LocalClock[]? Clocks(SimulationOptions options)
    {
        if (options.ClockOffsetsNs is null && options.ClockDriftsPpm is null && !options.Faults.Faults.Any(fault => fault.Kind == FaultKind.Clock))
        {
            return null;
        }

        var clocks = new LocalClock[options.Network.Topology.Members];
        for (int member = 0; member < clocks.Length; member++)
        {
            clocks[member].Set(0, options.ClockOffsetsNs?[member] ?? 0, (long)Math.Round(1000 * (options.ClockDriftsPpm?[member] ?? 0)));
        }

        return clocks;
    }
}
