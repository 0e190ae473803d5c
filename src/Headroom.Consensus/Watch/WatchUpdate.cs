namespace Headroom.Consensus.Watch;

/// <summary>A write of some fields of an object: one bit each, and their values one after the other.</summary>
internal readonly record struct WatchUpdate(long TimeNs, int Object, long Fields, byte[] Values);
