using Headroom.Consensus.Watch;
using Headroom.Lab.Groups;

namespace Headroom.Lab.Watching;

/// <summary>What a store and its watchers did over sockets.</summary>
/// <param name="Result">Their own counts, and whether all watchers hold what the store does.</param>
/// <param name="Sent">What lay on the wire, questions of those who resumed included.</param>
/// <param name="WasInterrupted">It was stopped before its end.</param>
public sealed record WatchLabRun(WatchResult Result, WireCounts Sent, bool WasInterrupted);
