namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary>What a counter was found to be: the sum that is known, the range that open adds allow, and the final reads, ascending.</summary>
public sealed record CounterCheck(long KnownSum, long Least, long Most, IReadOnlyList<long> FinalReads);
