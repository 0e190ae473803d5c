using Headroom.Consensus.Elections;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Raft's election: who hears nothing for a random time asks for votes. Its timeouts stand in place of the stated time-out, its heartbeats go out twice in the least of them.</summary>
public sealed record RaftElection(double TimeoutMsMin, double TimeoutMsMax) : ElectionWay
{
    private const int TicksPerTimeout = 100;
    private const double DelayMs = 1;

    public override string Name => $"raft({Print.Significant(TimeoutMsMin, 6)},{Print.Significant(TimeoutMsMax, 6)})";

    public override Citation Citation => new("ongaro2014raft", "section 5.2");

    public override int HeartbeatMessages => 2;

    public override bool KnowsSize => true;

    public override string? Problem(CoordinateLinks links)
    {
        ArgumentNullException.ThrowIfNull(links);
        return links.Shape != LinkShape.All ? $"{Name} needs links from all to all"
            : links.Members is < 3 or > 99 ? $"{Name}: 3 to 99 members; a majority of {links.Members} is not left when one is lost, or they are too many"
            : TimeoutMsMax < TimeoutMsMin ? $"{Name}: the least timeout comes first"
            : null;
    }

    public override long HeartbeatNs(CoordinateInput input) => (long)(TimeoutMsMin / 2 * 1e6);

    public override ElectionSample Run(CoordinateInput input, int leader, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(input);
        // The leader is server 0 there.
        int[] members = [leader, .. input.Links.Without(leader).Members];
        NetworkOptions network = input.Network with { Topology = Ordered(input.Links, members) };
        var load = new LinkLoadObserver();
        ElectionTrial? trial = ElectionTimes.Trial(Setting(input.Links) with { Network = network }, seed, load);
        return trial is null ? new ElectionSample(false, double.PositiveInfinity, double.PositiveInfinity, 0, 0, new double[input.Links.Regions.Count, input.Links.Regions.Count])
            : new ElectionSample(true, trial.AskedMs / 1e3, trial.KnownMs / 1e3, trial.Messages, trial.WireBytes, ElectionSample.ByRegion(load, input.Links, members));
    }

    public override double Rounds(CoordinateInput input, int leader, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(input);
        // So wide a range that votes are seldom split.
        ElectionTrial? trial = ElectionTimes.Trial(Setting(input.Links) with { TimeoutMsMin = 50, TimeoutMsMax = 5000, TickMs = 0.25, LatencyMsMin = DelayMs, JitterMsMean = 0 }, seed.Named("rounds"));
        return trial is null ? double.PositiveInfinity : (trial.KnownMs - trial.AskedMs) / DelayMs;
    }

    private ElectionSetting Setting(CoordinateLinks links) => new()
    {
        Servers = links.Members,
        TimeoutMsMin = TimeoutMsMin,
        TimeoutMsMax = TimeoutMsMax,
        TickMs = Math.Max(0.25, TimeoutMsMin / TicksPerTimeout),
        HasDifferentLogs = false,
        SecondsMax = Math.Max(120, TimeoutMsMax / 1e3 * 20),
    };

    private static Topology Ordered(CoordinateLinks links, int[] members) => Topology.Regions([.. members.Select(member => links.RegionOf[member])], links.RegionLatenciesNs);
}
