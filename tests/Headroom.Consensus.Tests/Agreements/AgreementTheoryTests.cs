using Headroom.Consensus.Agreements;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;
using Xunit.Abstractions;

namespace Headroom.Consensus.Tests.Agreements;

/// <summary>Theory beside what the same roles do on the simulator, over random quiet settings: one operation at a time, nothing lost, nobody fails.</summary>
public sealed class AgreementTheoryTests(ITestOutputHelper output)
{
    /// <summary>How near theory of bytes is to what is measured, of either.</summary>
    private const double BytesNear = 0.03;
    private const double RoundsNear = 0.05;
    private const double LatencyNear = 0.01;
    private const int Settings = 12;

    public static TheoryData<string> All => [.. AgreementStrategies.Usual.Select(strategy => strategy.Name), "raft-log", "multipaxos-log", "flexpaxos(2)", "isr-none", "isr(3)", "chain(3)"];

    [Theory]
    [MemberData(nameof(All))]
    public void BytesOfAnOperationAreThoseOfItsMessages(string name)
    {
        AgreementStrategy strategy = Strategy(name);
        RandomStream random = new Seed(11).Named(name).Stream();
        int said = 0;
        for (int i = 0; i < Settings; i++)
        {
            AgreementSetting setting = Drawn(ref random, i % 2 == 0);
            setting = setting with { Load = setting.Load with { RatePerSecond = 5 } };
            if (strategy.Theory(AgreementMetric.Bytes, i % 2 == 0, setting) is not { } theory)
            {
                name.ShouldBeOneOf("chain(2)", "chain(3)", "craq(2)");
                continue;
            }

            said++;
            double measured = SimulatedAgreement.Run(strategy, setting, new Seed((ulong)i)).BytesPerOperation;
            output.WriteLine($"{name} {Words(setting)}: {measured:0} B, theory {theory.Best:0} to {theory.Average:0} B, {measured / theory.Average:0.000}");
            // How many reads share a round hangs on whom they meet under way.
            double near = name == "raft" && i % 2 == 0 ? RoundsNear : BytesNear;
            measured.ShouldBe(theory.Average, near * theory.Average, $"{name}, {Words(setting)}");
            measured.ShouldBeGreaterThanOrEqualTo((1 - near) * theory.Best);
        }

        said.ShouldBeGreaterThan(Settings / 2);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LatencyOverGivenLinksIsThatOfTheNearestWhoMustHaveIt(string name)
    {
        AgreementStrategy strategy = Strategy(name);
        RandomStream random = new Seed(12).Named(name).Stream();
        int said = 0;
        for (int i = 0; i < Settings; i++)
        {
            bool isRead = i % 2 == 0;
            AgreementSetting setting = Drawn(ref random, isRead);
            if (strategy.Theory(AgreementMetric.Latency, isRead, setting) is not { } theory)
            {
                continue;
            }

            said++;
            double measured = SimulatedAgreement.Run(strategy, setting, new Seed((ulong)i)).LatenciesSeconds().Average();
            output.WriteLine($"{name} {Words(setting)}: {1e3 * measured:0.000} ms, theory {1e3 * theory.Average:0.000} ms");
            measured.ShouldBe(theory.Average, LatencyNear * theory.Average, $"{name}, {Words(setting)}");
            measured.ShouldBeGreaterThanOrEqualTo((1 - LatencyNear) * theory.Best);
        }

        // Where answers wait for others' periods or questions, theory says nothing: read-index reads, and acknowledgements of all.
        said.ShouldBe(name is "raft" or "isr(2)" or "isr(3)" or "isr-flush(2)" ? Settings / 2 : name == "isr-none" ? Settings / 2 : Settings);
    }

    [Fact]
    public void WhereJitterOrALineDecidesTheoryOfLatencyStepsAside()
    {
        RandomStream random = new Seed(13).Stream();
        AgreementSetting plain = Drawn(ref random, isRead: false);
        AgreementStrategy raft = Strategy("raft");
        raft.Theory(AgreementMetric.Latency, false, plain).ShouldNotBeNull();
        raft.Theory(AgreementMetric.Latency, false, plain with { Network = plain.Network with { Jitter = new Jitter(JitterShape.Exponential, 1000) } }).ShouldBeNull();
        raft.Theory(AgreementMetric.Latency, false, plain with { Network = plain.Network with { BandwidthBps = 1e6 } }).ShouldBeNull();
    }

    /// <summary>Two to four regions, servers and clients in any of them, and few operations under way at once.</summary>
    private static AgreementSetting Drawn(ref RandomStream random, bool isRead)
    {
        int regions = 1 + random.Below(4);
        var latencies = new long[regions, regions];
        for (int from = 0; from < regions; from++)
        {
            for (int to = 0; to < regions; to++)
            {
                latencies[from, to] = from == to ? 500_000 + (long)random.Below(2_000_000UL) : 5_000_000 + (long)random.Below(60_000_000UL);
            }
        }

        int[] servers = new int[3 + (2 * random.Below(3))];
        int[] clients = new int[4 + random.Below(5)];
        foreach (int[] members in (int[][])[servers, clients])
        {
            for (int i = 0; i < members.Length; i++)
            {
                members[i] = random.Below(regions);
            }
        }

        return new AgreementSetting
        {
            Places = new AgreementPlaces { Regions = [.. Enumerable.Range(0, regions).Select(region => $"r{region}")], LatenciesNs = latencies, Servers = servers, Clients = clients },
            Network = new NetworkOptions { Topology = Topology.Complete(1, 0), Packets = random.Bernoulli(0.5) ? PacketFormat.TcpOverEthernet : PacketFormat.UdpOverEthernet },
            Load = new AgreementLoad { Operations = 100 + random.Below(300), RatePerSecond = 0.5, ReadsPercent = isRead ? 100 : 0, ValueBytes = 20 + random.Below(random.Bernoulli(0.5) ? 200 : 5000) },
            DurabilityNs = (long)random.Below(5_000_000UL),
        };
    }

    private static string Words(AgreementSetting setting) =>
        $"{(setting.Load.ReadsPercent == 100 ? "reads" : "writes")} of {setting.Load.ValueBytes} B, {setting.Load.Operations} by {setting.Clients} clients, {setting.Servers} servers in {setting.Places.Regions.Count} regions, disk {setting.DurabilityNs / 1e6:0.0} ms";

    private static AgreementStrategy Strategy(string name) => AgreementStrategies.TryParse(name, out AgreementStrategy? strategy, out _) ? strategy : throw new ArgumentException(name);
}
