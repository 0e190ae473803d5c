namespace Headroom.Consensus.Watch;

/// <summary>What watchers of a kind's topics had to learn: the changes of each topic as the run had them, how many watch it, and a change's entropy in bits.</summary>
public sealed record WatchLearning(string Kind, IReadOnlyList<double> Changes, IReadOnlyList<double> Watchers, double EntropyBits);
