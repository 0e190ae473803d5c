using Headroom.Consensus.Watch;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;
using Headroom.Simulation.Faults;

namespace Headroom.Lab.Watching;

/// <summary>A store and its watchers over sockets.</summary>
public sealed record WatchLabOptions
{
    /// <summary>Each member has a socket.</summary>
    public const int MembersMax = 500;

    public required WatchOptions Watch { get; init; }

    public required Transport Transport { get; init; }

    public required Seed Seed { get; init; }

    /// <summary>So often a relay is killed, and is back after <see cref="AwayNs"/> without its memory.</summary>
    public int RelayKills { get; init; }

    /// <summary>So often a watcher.</summary>
    public int WatcherKills { get; init; }

    /// <summary>Whoever is killed is back after so long.</summary>
    public long AwayNs { get; init; } = 300_000_000;

    /// <summary>Who is killed when: evenly over the time of the updates, those killed drawn from the seed.</summary>
    public IReadOnlyList<(long AtNs, int Member)> Kills
    {
        get
        {
            var group = new WatchGroup(Watch, Seed);
            RandomStream random = Seed.Named("kills").Stream();
            var kills = new List<(long AtNs, int Member)>();
            for (int i = 0; i < RelayKills; i++)
            {
                kills.Add((Watch.DurationNs * (i + 1) / (RelayKills + 1), 1 + random.Below(group.Relays)));
            }

            for (int i = 0; i < WatcherKills; i++)
            {
                kills.Add((Watch.DurationNs * (i + 1) / (WatcherKills + 1), 1 + group.Relays + random.Below(Watch.Watchers)));
            }

            // Who is away is not killed again.
            kills.Sort();
            return [.. kills.Where((kill, i) => kills.Take(i).All(earlier => earlier.Member != kill.Member || earlier.AtNs + (2 * AwayNs) < kill.AtNs))];
        }
    }

    /// <summary>The same for the simulator.</summary>
    public FaultPlan Faults => FaultPlan.InOrder(Kills.SelectMany(kill => (Fault[])[new(kill.AtNs, FaultKind.Crash, kill.Member), new(kill.AtNs + AwayNs, FaultKind.Restart, kill.Member)]));

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Watch);
        Watch.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(RelayKills);
        ArgumentOutOfRangeException.ThrowIfNegative(WatcherKills);
        var group = new WatchGroup(Watch, Seed);
        int members = group.Members;
        if (RelayKills > 0 && group.Relays == 0)
        {
            throw new ArgumentException("there is no relay to kill: more watchers than a relay has below it are expected, and a strategy such as 'relayed(8)+delta'");
        }

        if (Watch.Loss > 0 && Transport != Transport.Udp)
        {
            throw new ArgumentException("only datagrams are lost: --transport udp is expected");
        }

        if (RelayKills + WatcherKills > 0 && Watch.BookmarkNs is null)
        {
            throw new ArgumentException("where members are killed there must be bookmarks");
        }

        if (members > MembersMax)
        {
            throw new ArgumentException($"store, relays and watchers are {members} members; at most {MembersMax} have sockets here");
        }
    }
}
