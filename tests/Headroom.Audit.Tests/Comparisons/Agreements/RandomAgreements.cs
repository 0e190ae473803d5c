using Headroom.Consensus.Agreements;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Tests.Comparisons.Agreements;

/// <summary>Small groups under small loads, at random.</summary>
internal static class RandomAgreements
{
    /// <summary>Every usual strategy, and others with quorums of their own.</summary>
    private static readonly AgreementStrategy[] Strategies =
    [
        .. AgreementStrategies.Usual,
        .. new[] { "raft-log", "isr-none", "isr(1)", "isr(2,4)", "isr(3)", "isr-flush(3)", "abd(1,5)", "abd(5,1)", "abd(2,4)" }.Select(name => AgreementStrategies.TryParse(name, out AgreementStrategy? strategy, out _) ? strategy : throw new ArgumentException(name)),
    ];

    /// <summary>Latency 5 ms, disks 3 ms, values of 100 B, and nothing that goes wrong.</summary>
    public static AgreementSetting Plain(int servers) => new()
    {
        Places = AgreementPlaces.Uniform(servers, 2, 5_000_000),
        Network = new NetworkOptions { Topology = Topology.Complete(1, 0) },
        Load = new AgreementLoad { Operations = 20, RatePerSecond = 10, ReadsPercent = 0, ValueBytes = 100 },
        DurabilityNs = 3_000_000,
    };

    /// <summary>Reads or writes; half of the settings are without loss and crashes.</summary>
    public static AgreementSetting Setting(int i, ref RandomStream random)
    {
        int servers = 1 + random.Below(7);
        bool isFaulty = i % 2 == 1;
        AgreementPlaces places = Places(servers, 1 + random.Below(8), ref random);
        double rate = 1000.0 / (1 + random.Below(300));
        return new AgreementSetting
        {
            Places = places,
            Network = new NetworkOptions
            {
                Topology = Topology.Complete(1, 0),
                Jitter = random.Below(3) switch
                {
                    0 => Jitter.None,
                    1 => new Jitter(JitterShape.Exponential, (long)random.Below(20_000_000UL)),
                    _ => new Jitter(JitterShape.Uniform, (long)random.Below(20_000_000UL)),
                },
                Loss = isFaulty ? 0.1 * random.NextDouble() : 0,
                Duplication = isFaulty && random.Below(3) == 0 ? 0.2 : 0,
                BandwidthBps = random.Below(3) == 0 ? 1e7 : double.PositiveInfinity,
            },
            Load = new AgreementLoad { Operations = 10 + random.Below(60), RatePerSecond = rate, ReadsPercent = 100 * random.Below(2), ValueBytes = 1 << random.Below(14), Keys = 1 + random.Below(8) },
            DurabilityNs = random.Below(2) == 0 ? 0 : (long)random.Below(10_000_000UL),
            Crashes = isFaulty && servers > 2 ? random.Below(2) : 0,
        };
    }

    /// <summary>One that can run here.</summary>
    public static AgreementStrategy Strategy(AgreementSetting setting, ref RandomStream random)
    {
        while (true)
        {
            AgreementStrategy strategy = Strategies[random.Below(Strategies.Length)];
            if (strategy.Problem(setting) is null)
            {
                return strategy;
            }
        }
    }

    public static string Words(AgreementSetting setting) =>
        $"{setting.Servers} servers, {setting.Clients} clients in {setting.Places.Regions.Count} regions, {setting.Load}, disk {setting.DurabilityNs}, {setting.Network.Jitter}, loss {setting.Network.Loss}, crashes {setting.Crashes}";

    /// <summary>One place, or up to four regions whose latencies may break the triangle's inequality and differ by direction.</summary>
    private static AgreementPlaces Places(int servers, int clients, ref RandomStream random)
    {
        if (random.Below(2) == 0)
        {
            return AgreementPlaces.Uniform(servers, clients, 1 + (long)random.Below(30_000_000UL));
        }

        int regions = 2 + random.Below(3);
        var latencies = new long[regions, regions];
        for (int from = 0; from < regions; from++)
        {
            for (int to = 0; to < regions; to++)
            {
                latencies[from, to] = 100_000 + (from == to ? 0 : (long)random.Below(60_000_000UL));
            }
        }

        int[] at = new int[servers + clients];
        for (int member = 0; member < at.Length; member++)
        {
            at[member] = random.Below(regions);
        }

        return new AgreementPlaces { Regions = [.. Enumerable.Range(0, regions).Select(r => $"r{r}")], LatenciesNs = latencies, Servers = at[..servers], Clients = at[servers..] };
    }
}
