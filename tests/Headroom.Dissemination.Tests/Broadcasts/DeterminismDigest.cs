using System.Runtime.Intrinsics;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Tests.Broadcasts;

/// <summary>
/// Every protocol of the registry under every kind of fault, as digests of all that happened; this assembly prints them when it is run as a program, so that a
/// test can run it without intrinsics.
/// </summary>
public static class DeterminismDigest
{
    public const string Command = "determinism-digest";
    private const int Members = 24;

    /// <summary>A plan for each kind of fault, and three drawn ones with many.</summary>
    private static readonly (string Name, string Text)[] Plans =
    [
        ("none", ""),
        ("crash", "at 20 ms crash {3,4,11}; at 500 ms restart {3,11}"),
        ("crash with memory", "at 60 ms crash {2-6} with memory; at 400 ms restart {2-6}"),
        ("pause", "from 30 ms to 400 ms pause {1,5,9}"),
        ("slow", "at 0 s slow {0-7} by 3 ms"),
        ("clocks", "at 0 s clock {1-9} +5 ms drift 200 ppm; at 300 ms clock 4 -20 ms drift -100000 ppm"),
        ("churn", "from 10 ms to 900 ms churn 20/s for 100 ms seed 5 sparing {0}; at 500 ms join 23"),
        ("links down", "from 20 ms to 500 ms link 0 - 1 down; at 50 ms link 2 - 3 down"),
        ("cuts", "at 0 s cut 0 -> 1; from 50 ms to 500 ms cut 5 -> 2"),
        ("partition", "from 30 ms to 450 ms partition {0-10} | rest"),
        ("loss", "from 30 ms to 450 ms loss 40 %; at 600 ms heal"),
        ("heal core", "at 0 s crash {1-9}; at 0 s partition {0-12} | rest; at 500 ms heal core {0-15}"),
    ];

    public static IEnumerable<BroadcastStrategy> Strategies => BroadcastRegistry.All.SelectMany(protocol => protocol.Usual);

    public static int Main(string[] arguments)
    {
        if (arguments is [Command])
        {
            foreach (BroadcastStrategy strategy in Strategies)
            {
                Console.WriteLine($"{strategy} {string.Join(' ', Of(strategy, threads: 2).Select(run => run.Digest))}");
            }

            Console.WriteLine($"vectors {(Vector128.IsHardwareAccelerated ? "on" : "off")}");
        }

        return 0;
    }

    /// <summary>One run a plan and network: all of the runs share the protocol's family, as trials do.</summary>
    public static (string Plan, string Digest, long Events)[] Of(BroadcastStrategy strategy, int threads, ulong seed = 7)
    {
        BroadcastSetting[] settings = [Setting(isRich: false), Setting(isRich: true)];
        ProcessFamily[] families = [.. settings.Select(strategy.Family)];
        int plans = Plans.Length + 3;
        return Replications.Run(2 * plans, i =>
        {
            BroadcastSetting setting = settings[i / plans];
            long startNs = strategy.SettlingNs(setting);
            (string name, FaultPlan plan) = Plan(i % plans, startNs);
            long[] at = [startNs, startNs + 100_000_000, startNs + 600_000_000];
            DigestObserver seen = families[i / plans].On(new WatchedRun<DigestObserver>(setting, plan, new Seed(seed).At(i), default, at, startNs + 2_000_000_000));
            return (name, seen.ToString(), seen.Count);
        }, threads);
    }

    /// <summary>The plans' times count from when the members have settled.</summary>
    private static (string Name, FaultPlan Plan) Plan(int i, long startNs)
    {
        bool isDrawn = i >= Plans.Length;
        FaultPlan plan = isDrawn ? SwarmFaults.Plan(Members, 900_000_000, new Seed(11).At(i), core: 0) : FaultPlan.Parse(Plans[i].Text, Members);
        return (isDrawn ? $"drawn {i}" : Plans[i].Name, new FaultPlan([.. plan.Faults.Select(fault => fault with { TimeNs = fault.TimeNs + startNs })]));
    }

    /// <summary>Links as most runs have them, and with everything that links can do.</summary>
    private static BroadcastSetting Setting(bool isRich) => new()
    {
        Network = isRich
            ? new NetworkOptions
            {
                Topology = Topology.Regions([.. Enumerable.Range(0, Members).Select(member => member % 3)], new long[,] { { 1_000_000, 40_000_000, 90_000_000 }, { 40_000_000, 2_000_000, 60_000_000 }, { 90_000_000, 60_000_000, 1_000_000 } }),
                Jitter = Jitter.LogNormal(4_000_000, 1),
                Bursts = new BurstLoss { Mean = 0.05, BurstMean = 3 },
                Duplication = 0.02,
                InOrder = true,
                BandwidthBps = 1e7,
                QueueBytesMax = 60_000,
                Packets = PacketFormat.TcpOverEthernet,
            }
            : new NetworkOptions
            {
                Topology = Topology.Complete(Members, 10_000_000),
                Jitter = new Jitter(JitterShape.Exponential, 2_000_000),
                Loss = 0.01,
                Reordering = 0.05,
                ReorderDelayNs = 5_000_000,
                BandwidthBps = 1e8,
            },
        PayloadBytes = 1500,
        Remembered = 8,
    };
}
