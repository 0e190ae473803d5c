using Headroom.Dissemination.Mesh;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>A mesh after gossipsub: see <see cref="MeshProcess"/>. The heartbeat is a second, or four link latencies where that is longer.</summary>
public sealed record MeshStrategy(int Degree = 6) : BroadcastStrategy
{
    private const long SecondNs = 1_000_000_000;
    private const int SettlingHeartbeats = 6;
    private const int WatchedHeartbeats = 8;

    public static BroadcastProtocol Entry { get; } = new(
        new StrategyForm("mesh", "flood a random mesh kept at that degree; each heartbeat tell others what is new, and send it to those who ask (gossipsub)",
            new StrategyParameter("degree", 2, MeshProcess.DegreeHighMax / 2) { Default = 6 }),
        call => new MeshStrategy(call.Int(0)), new MeshStrategy());

    public override string Name => $"mesh({Degree})";

    public override Protocol Protocol => Record;

    /// <summary>Its neighbours and the peers that it tells.</summary>
    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        MeshOptions options = Options(setting);
        return options.DegreeMax + options.Lazy;
    }

    public override string? Problem(BroadcastSetting setting) => TooWide("a degree", Degree, setting);

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        MeshOptions options = Options(setting);
        options.Validate();
        return ProcessFamily.Of(() => new MeshTables(setting.Members, setting.Remembered, options), (tables, _) => new MeshProcess(options, tables));
    }

    public override long SettlingNs(BroadcastSetting setting) => SettlingHeartbeats * HeartbeatNs(setting);

    /// <summary>Flooding, and three windows of digests with what they bring about, twice over.</summary>
    public override long? WatchNs(BroadcastSetting setting) => WatchedHeartbeats * HeartbeatNs(setting);

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Costs.IsMixed(setting) && setting.Live > 1 ? MeshTheory.Of(metric, setting, Options(setting), WatchedHeartbeats) : null;
    }

    private MeshOptions Options(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        (int low, int high) = MeshOptions.Around(Degree);
        return new MeshOptions
        {
            Topology = setting.Network.Topology,
            Degree = Degree,
            DegreeLow = low,
            DegreeHigh = high,
            Lazy = Degree,
            HeartbeatNs = HeartbeatNs(setting),
        };
    }

    private static long HeartbeatNs(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        long oneWayNs = Periods.OneWayNs(setting with { InRounds = false });
        long heartbeatNs = Math.Max(SecondNs, 4 * oneWayNs);
        // In rounds as many as link latencies, within reason.
        return setting.InRounds ? Math.Clamp(heartbeatNs / oneWayNs, 4, 50) : heartbeatNs;
    }

    private static Protocol Record { get; } = new()
    {
        Name = "mesh",
        Summary = "flood a random mesh of degree about D; each heartbeat tell D random others what is new, and send it to those who ask",
        Messages = new Complexity("n - 1", "n (D - 1) + 1 payloads; 3 D n digests", "n D_hi payloads and more between heartbeats; an answer to each question"),
        Rounds = new Complexity("1", "log_{D-1} n + O(1)", "without end: what flooding misses waits for a heartbeat's digest, for three heartbeats"),
        Bytes = new Complexity("(n-1) b", "(n (D-1) + 1) b + 3 D n c", "n D_hi b + O(D n) (b + c)"),
        Latency = "flooding link by link over the degrees that first heartbeats bring about, digests for whom it misses; within 10 % of runs from 100 members on without dead members, runs up to a fifth shorter with 20 % dead, where digests do most, 20 % for ten, whose mesh is nearly complete",
        Guarantee = "each member with a probability: by the mesh, else by one of the digests sent to it in three heartbeats",
        FaultModel = "crashes and loss as long as a neighbour or a teller of digests is left; known dead peers are replaced at the next heartbeat",
        ScaleLimit = "D copies a member whatever n; the mesh takes a few heartbeats to form and to heal",
        Citation = new Citation("vyzovitis2020", "mesh construction"),
    };
}
