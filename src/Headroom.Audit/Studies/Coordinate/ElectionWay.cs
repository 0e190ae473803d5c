using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>A way of electing, with what it needs to know of a crash.</summary>
public abstract record ElectionWay
{
    /// <summary>As people write it: <c>raft(150,300)</c>.</summary>
    public abstract string Name { get; }

    public abstract Citation Citation { get; }

    /// <summary>Who says "the leader lives" how often: messages of a leader and answers to them, for every member and heartbeat.</summary>
    public virtual int HeartbeatMessages => 1;

    /// <summary>The members know how long a way can be, and so how many there are on a ring.</summary>
    public virtual bool KnowsSize => false;

    /// <summary>Why it cannot run over these links, or null.</summary>
    public abstract string? Problem(CoordinateLinks links);

    /// <summary>From one sign of life to the next.</summary>
    public virtual long HeartbeatNs(CoordinateInput input) => input.HeartbeatNs;

    /// <summary>One crash of this leader.</summary>
    public abstract ElectionSample Run(CoordinateInput input, int leader, Seed seed);

    /// <summary>Messages of elections under arrangements against it; none where nobody knows any.</summary>
    public virtual IEnumerable<long> Worst(CoordinateInput input, int leader) => [];

    /// <summary>Delays from the first message until all know, where all delays are equal.</summary>
    public abstract double Rounds(CoordinateInput input, int leader, Seed seed);

    public sealed override string ToString() => Name;
}
