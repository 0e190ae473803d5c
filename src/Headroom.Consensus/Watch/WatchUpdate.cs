namespace Headroom.Consensus.Watch;

/// <summary>A write of some fields of an object: one bit each, and their values one after the other. Without fields the object is deleted; a write to one that is absent makes it anew from its first state.</summary>
internal readonly record struct WatchUpdate(long TimeNs, int Object, long Fields, byte[] Values)
{
    public bool IsDeletion => Fields == 0;
}
