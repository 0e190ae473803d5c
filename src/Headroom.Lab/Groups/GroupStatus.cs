using Headroom.Lab.Storage;

namespace Headroom.Lab.Groups;

/// <summary>What a server did so far: what it sent, and its disk's work.</summary>
public readonly record struct GroupStatus(WireCounts Sent, LogWork Disk)
{
    public static GroupStatus operator +(GroupStatus a, GroupStatus b) => new(a.Sent + b.Sent, a.Disk + b.Disk);

    public static GroupStatus operator -(GroupStatus a, GroupStatus b) => new(a.Sent - b.Sent, a.Disk - b.Disk);
}
