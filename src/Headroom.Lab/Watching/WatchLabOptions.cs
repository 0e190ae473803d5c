using Headroom.Consensus.Watch;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;

namespace Headroom.Lab.Watching;

/// <summary>A store and its watchers over sockets.</summary>
public sealed record WatchLabOptions
{
    /// <summary>Each member has a socket.</summary>
    public const int MembersMax = 500;

    public required WatchOptions Watch { get; init; }

    public required Transport Transport { get; init; }

    public required Seed Seed { get; init; }

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Watch);
        Watch.Validate();
        int members = new WatchGroup(Watch, Seed).Members;
        if (members > MembersMax)
        {
            throw new ArgumentException($"store, relays and watchers are {members} members; at most {MembersMax} have sockets here");
        }
    }
}
