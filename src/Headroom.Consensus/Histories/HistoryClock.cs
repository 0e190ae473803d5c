namespace Headroom.Consensus.Histories;

/// <summary>What a history's moments count. A verdict rests on their order alone.</summary>
public enum HistoryClock : byte
{
    Nanoseconds,

    /// <summary>The number of the event in its log: every call and every return takes one.</summary>
    Events,
}
