using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Heartbeats;

/// <summary>For every member, of every other: the greatest counter heard, the member's own period in which it last rose, and whether it is held for dead.</summary>
public sealed class HeartbeatTables
{
    /// <summary>Three arrays of pairs.</summary>
    public const int MembersMax = 10_000;

    private readonly int[] _counters;
    private readonly int[] _heardAt;
    private readonly bool[] _isDead;

    public HeartbeatTables(int members, long periodNs, bool inStep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(members, MembersMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(periodNs, 1);
        Members = members;
        PeriodNs = periodNs;
        InStep = inStep;
        _counters = new int[members * members];
        _heardAt = new int[members * members];
        _isDead = new bool[members * members];
    }

    public int Members { get; }

    public long PeriodNs { get; }

    /// <summary>All begin their periods together.</summary>
    public bool InStep { get; }

    public ref int Counter(int member, int subject) => ref _counters[(member * Members) + subject];

    public ref int HeardAt(int member, int subject) => ref _heardAt[(member * Members) + subject];

    public ref bool IsDead(int member, int subject) => ref _isDead[(member * Members) + subject];

    /// <summary>A member begins, or begins anew after a crash: it knows nothing of others, and its first period begins at a moment of its own, or at once where all are in step.</summary>
    internal void Begin(ref Turn turn)
    {
        Clear(turn.Self);
        turn.SetTimer(0, InStep ? 0 : (long)turn.Random.Below((ulong)PeriodNs));
    }

    private void Clear(int member)
    {
        _counters.AsSpan(member * Members, Members).Clear();
        _heardAt.AsSpan(member * Members, Members).Clear();
        _isDead.AsSpan(member * Members, Members).Clear();
    }
}
