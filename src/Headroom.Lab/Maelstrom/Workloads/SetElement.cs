namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary>What reads have said of one value so far. Indices count invocations and completions; -1 is never.</summary>
internal struct SetElement
{
    public long KnownIndex;
    public long KnownNs;

    /// <summary>Invocation of the last-invoked read that holds it.</summary>
    public long PresentIndex;
    public long PresentNs;

    /// <summary>Invocation of the last-invoked read that misses it.</summary>
    public long AbsentIndex;
    public long AbsentNs;

    /// <summary>The last read that held it, so that the misses of a read need no set.</summary>
    public long SeenBy;

    /// <summary>Nodes that have shown it, a bit each.</summary>
    public ulong[] Members;

    public static SetElement New(int nodes) =>
        new() { KnownIndex = -1, PresentIndex = -1, AbsentIndex = -1, SeenBy = -1, Members = new ulong[(nodes + 63) / 64] };

    public readonly bool IsStable => PresentIndex >= 0 && AbsentIndex < PresentIndex;

    public readonly bool IsLost => KnownIndex >= 0 && AbsentIndex >= 0 && PresentIndex < AbsentIndex && KnownIndex < AbsentIndex;

    public readonly double StableLatencyMs => AbsentIndex < 0 ? 0 : Math.Max(0, AbsentNs + 1 - KnownNs) / 1e6;

    public readonly double LostLatencyMs => PresentIndex < 0 ? 0 : Math.Max(0, PresentNs + 1 - KnownNs) / 1e6;
}
