using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Dissemination.Detection;

/// <summary>Counts messages and bytes, and keeps who holds whom for dead: first times for the crashed, mistakes for the others.</summary>
public struct DetectionObserver : IObserver
{
    private const int Live = -1;

    // For each member its place among the crashed, or Live.
    private readonly int[] _crashedAt;
    private readonly bool[] _knows;
    private readonly int[] _knowing;
    private readonly long[] _firstSuspectedNs;
    private readonly long[] _firstDetectedNs;
    private readonly long[] _allKnowNs;
    private readonly bool[] _wasDeclared;

    public DetectionObserver(int members, ReadOnlySpan<int> crashed)
    {
        Members = members;
        _crashedAt = new int[members];
        Array.Fill(_crashedAt, Live);
        for (int i = 0; i < crashed.Length; i++)
        {
            _crashedAt[crashed[i]] = i;
        }

        _knows = new bool[members * crashed.Length];
        _knowing = new int[crashed.Length];
        _firstSuspectedNs = new long[crashed.Length];
        _firstDetectedNs = new long[crashed.Length];
        _allKnowNs = new long[crashed.Length];
        Array.Fill(_firstSuspectedNs, DetectionOutcome.Never);
        Array.Fill(_firstDetectedNs, DetectionOutcome.Never);
        Array.Fill(_allKnowNs, DetectionOutcome.Never);
        _wasDeclared = new bool[members];
    }

    public int Members { get; }

    public long CrashNs { get; init; }

    public readonly IReadOnlyList<long> FirstSuspectedNs => _firstSuspectedNs;

    public readonly IReadOnlyList<long> FirstDetectedNs => _firstDetectedNs;

    public readonly IReadOnlyList<long> AllKnowNs => _allKnowNs;

    public readonly bool AllKnowAll => _allKnowNs.Length > 0 && !_allKnowNs.Contains(DetectionOutcome.Never);

    public readonly int FalselyDeclared => _wasDeclared.Count(wasDeclared => wasDeclared);

    public long FalseDeclarations { get; private set; }

    /// <summary>How often a member suspected a live one.</summary>
    public long FalseSuspicions { get; private set; }

    public long Messages { get; private set; }

    public long WireBytes { get; private set; }

    public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
        Messages++;
        WireBytes += wireBytes;
    }

    public readonly void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
    }

    public readonly void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
    {
    }

    public readonly void Delivered(int member, int body, long nowNs)
    {
    }

    public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
        if (StatusNotice.TryRead(head, out MemberStatus status))
        {
            Changed(member, (int)request, status, nowNs);
        }
    }

    /// <summary>A member holds another for something else now.</summary>
    public void Changed(int member, int subject, MemberStatus status, long nowNs)
    {
        int at = _crashedAt[subject];
        if (at == Live || nowNs < CrashNs)
        {
            if (status == MemberStatus.Dead)
            {
                FalseDeclarations++;
                _wasDeclared[subject] = true;
            }
            else if (status == MemberStatus.Suspect)
            {
                FalseSuspicions++;
            }
        }
        else if (status != MemberStatus.Alive)
        {
            _firstSuspectedNs[at] = Math.Min(_firstSuspectedNs[at], nowNs - CrashNs);
        }

        if (at != Live && _crashedAt[member] == Live)
        {
            Know(at, member, status == MemberStatus.Dead, nowNs);
        }
    }

    /// <summary>What was seen of a run that began at 0 and ended then.</summary>
    public readonly DetectionOutcome Outcome(DetectionSetting setting, long untilNs, long events)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return new DetectionOutcome
        {
            Members = setting.Members,
            FirstSuspectedNs = FirstSuspectedNs,
            FirstDetectedNs = FirstDetectedNs,
            AllKnowNs = AllKnowNs,
            FalselyDeclared = FalselyDeclared,
            FalseDeclarations = FalseDeclarations,
            FalseSuspicions = FalseSuspicions,
            Messages = Messages,
            WireBytes = WireBytes,
            MemberPeriods = ((setting.Members * (double)CrashNs) + ((setting.Members - _knowing.Length) * (double)(untilNs - CrashNs))) / setting.PeriodNs,
            Events = events,
        };
    }

    public readonly void Struck(in Fault fault)
    {
    }

    /// <summary>What was believed before the crash counts from the crash on.</summary>
    private readonly void Know(int at, int member, bool knows, long nowNs)
    {
        ref bool known = ref _knows[(at * Members) + member];
        if (known == knows)
        {
            return;
        }

        known = knows;
        _knowing[at] += knows ? 1 : -1;
        _allKnowNs[at] = _knowing[at] == Members - _knowing.Length ? Math.Max(0, nowNs - CrashNs) : DetectionOutcome.Never;
        if (knows)
        {
            _firstDetectedNs[at] = Math.Min(_firstDetectedNs[at], Math.Max(0, nowNs - CrashNs));
        }
    }
}
