using Headroom.Consensus.Agreements;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;
using Xunit.Abstractions;

namespace Headroom.Consensus.Tests.Agreements;

public sealed class SimulatedAgreementTests(ITestOutputHelper output)
{
    private const long LatencyNs = 5_000_000;

    public static TheoryData<string> All => [.. AgreementStrategies.Usual.Select(strategy => strategy.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void ANameIsReadAsItIsWritten(string name)
    {
        AgreementStrategies.TryParse(name, out AgreementStrategy? strategy, out string? problem).ShouldBeTrue(problem);
        strategy.Name.ShouldBe(name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void EveryOperationIsAnsweredInAsManyDelaysAndMessagesAsTheorySays(string name)
    {
        AgreementStrategy strategy = Strategy(name);
        foreach (int servers in (int[])[3, 5, 7])
        {
            foreach (bool isRead in (bool[])[false, true])
            {
                AgreementSetting setting = Setting(servers, isRead ? 100 : 0);
                AgreementOutcome outcome = SimulatedAgreement.Run(strategy, setting, new Seed(1));
                output.WriteLine($"{name} {servers} {(isRead ? "reads" : "writes")}: {outcome.MessagesPerOperation:0.00} messages, {outcome.BytesPerOperation:0} B, {Median(outcome) / (LatencyNs / 1e9):0.00} delays, theory {strategy.Theory(AgreementMetric.Messages, isRead, setting)}");
                outcome.Calls.Count.ShouldBe(setting.Load.Operations);
                outcome.ShareAnswered.ShouldBe(1);
                outcome.Calls.ShouldAllBe(call => call.IsRead == isRead && call.DueNs <= call.CallNs && call.CallNs < call.ReturnNs);
                CostCases rounds = strategy.Theory(AgreementMetric.Rounds, isRead, setting)!.Value;
                (Median(outcome) / (LatencyNs / 1e9)).ShouldBe(rounds.Best, 1e-9);
                // One after the other: nobody waits for another's turn, but for heartbeats and fetches that are under way.
                AgreementOutcome slow = SimulatedAgreement.Run(strategy, setting with { Load = setting.Load with { Operations = 1000, RatePerSecond = 2 } }, new Seed(1));
                (slow.LatenciesSeconds().Average() / (LatencyNs / 1e9)).ShouldBe(rounds.Average, 0.03 * rounds.Average);
                AgreementSetting disks = setting with { DurabilityNs = 3_000_000, Network = setting.Network with { BandwidthBps = 1e9 } };
                if (strategy.Theory(AgreementMetric.Latency, isRead, disks) is { } latency)
                {
                    SimulatedAgreement.Run(strategy, disks, new Seed(1)).LatenciesSeconds().Average().ShouldBe(latency.Average, 0.02 * latency.Average, $"{name} {servers} {isRead}");
                }
                else
                {
                    name.ShouldNotBeOneOf("raft-lease", "isr-leader", "abd");
                }
                CostCases messages = strategy.Theory(AgreementMetric.Messages, isRead, setting)!.Value;
                outcome.MessagesPerOperation.ShouldBe(messages.Average, 0.03 * messages.Average);
                outcome.MessagesPerOperation.ShouldBeInRange(0.999 * messages.Best, 1.001 * messages.Worst);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AValueCrossesTheWireAsOftenAsItMust(string name)
    {
        AgreementStrategy strategy = Strategy(name);
        foreach (bool isRead in (bool[])[false, true])
        {
            AgreementSetting small = Setting(5, isRead ? 100 : 0);
            AgreementOutcome before = SimulatedAgreement.Run(strategy, small, new Seed(1));
            AgreementOutcome after = SimulatedAgreement.Run(strategy, small with { Load = small.Load with { ValueBytes = small.Load.ValueBytes + 1000 } }, new Seed(1));
            double copies = (after.BytesPerOperation - before.BytesPerOperation) / 1000;
            // A write goes from its client to the servers that keep it; a read's answer back.
            double expected = (name, isRead) switch
            {
                ("abd", false) => 10,
                ("abd", true) => 5,
                (_, true) => 1,
                _ => 5,
            };
            copies.ShouldBe(expected, 0.15, $"{name} {(isRead ? "reads" : "writes")}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void OfMoreClientsThanOperationsSomeHaveNone(string name)
    {
        AgreementSetting setting = Setting(3, 50) with { Places = AgreementPlaces.Uniform(3, 40, LatencyNs) };
        setting = setting with { Load = setting.Load with { Operations = 25 } };
        AgreementOutcome outcome = SimulatedAgreement.Run(Strategy(name), setting, new Seed(2));
        (outcome.Calls.Count, outcome.Operations, outcome.Answered).ShouldBe((25, 25, 25));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void HoweverFewAClientHasEveryOperationIsDueInTheLoadsTime(string name)
    {
        foreach (int operations in (int[])[3, 10, 50])
        {
            AgreementSetting setting = Setting(3, 50) with { Places = AgreementPlaces.Uniform(3, 20, LatencyNs) };
            // So slow that no time-out makes up for an operation which is due after all others.
            setting = setting with { Load = setting.Load with { Operations = operations, RatePerSecond = 0.2 } };
            AgreementOutcome outcome = SimulatedAgreement.Run(Strategy(name), setting, new Seed(4));
            (outcome.Calls.Count, outcome.Answered).ShouldBe((operations, operations));
            outcome.Calls.ShouldAllBe(call => call.DueNs >= 0 && call.DueNs <= setting.Load.DurationNs);
        }
    }

    [Fact]
    public void WhatIsLeftOverIsDealtOutAmongAllClients()
    {
        AgreementSetting setting = Setting(3, 50) with { Places = AgreementPlaces.Uniform(3, 20, LatencyNs) };
        setting = setting with { Load = setting.Load with { Operations = 50 } };
        int[] each = [.. Enumerable.Range(0, 20).Select(setting.OperationsOf)];
        (each.Sum(), each.Min(), each.Max()).ShouldBe((50, 2, 3));
        each[..10].Sum().ShouldBe(25);
    }

    [Fact]
    public void AProducerGathersAsManyRecordsAsItIsTold()
    {
        AgreementSetting setting = Setting(3, 0) with { Places = AgreementPlaces.Uniform(3, 1, LatencyNs) };
        setting = setting with { Load = setting.Load with { RatePerSecond = 500 } };
        AgreementOutcome outcome = SimulatedAgreement.Run(Strategy("isr(2,100)"), setting, new Seed(1));
        outcome.ShareAnswered.ShouldBe(1);
        // A batch: the producer's request and answer, two followers' fetches and answers; besides, heartbeats to the registrar.
        outcome.MessagesPerOperation.ShouldBe(6 / 100.0, 0.006);
        outcome.MessagesPerOperation.ShouldBe(Strategy("isr(2,100)").Theory(AgreementMetric.Messages, false, setting)!.Value.Average, 0.003);
        // Half a batch's records, each 2 ms after the one before, and four delays.
        Median(outcome).ShouldBe((50 * 0.002) + 0.02, 0.01);
        Strategy("isr(2,1000)").Problem(setting with { Load = setting.Load with { ValueBytes = 2000 } }).ShouldNotBeNull().ShouldContain("more than a batch holds");
    }

    [Theory]
    [InlineData("raft")]
    [InlineData("abd")]
    public void WhoCannotKeepUpWaitsFromWhenItWasDue(string name)
    {
        AgreementSetting setting = Setting(3, 0) with { Places = AgreementPlaces.Uniform(3, 1, LatencyNs) };
        setting = setting with { Load = setting.Load with { Operations = 400, RatePerSecond = 100 } };
        AgreementOutcome outcome = SimulatedAgreement.Run(Strategy(name), setting, new Seed(2));
        // Four delays of 5 ms an operation, and one due every 10 ms: the last of 400 waits for 400 times 10 ms.
        outcome.LatenciesSeconds()[^1].ShouldBe(4, 0.1);
        Median(outcome).ShouldBe(2, 0.1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ARunIsItsSeed(string name)
    {
        AgreementSetting setting = Setting(3, 50) with { Network = Setting(3, 50).Network with { Jitter = new Jitter(JitterShape.Exponential, 1_000_000), Loss = 0.01 } };
        AgreementOutcome first = SimulatedAgreement.Run(Strategy(name), setting, new Seed(7));
        AgreementOutcome again = SimulatedAgreement.Run(Strategy(name), setting, new Seed(7));
        AgreementOutcome other = SimulatedAgreement.Run(Strategy(name), setting, new Seed(8));
        again.Calls.ShouldBe(first.Calls);
        (again.Messages, again.WireBytes, again.Events).ShouldBe((first.Messages, first.WireBytes, first.Events));
        other.Calls.ShouldNotBe(first.Calls);
        first.ShareAnswered.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void WithSoManyCrashesAsItSurvivesItGoesOnAndWithOneMoreItDoesNot(string name)
    {
        AgreementStrategy strategy = Strategy(name);
        int survived = strategy.CrashesSurvived(5);
        AgreementSetting setting = Setting(5, 0) with { Crashes = Math.Min(survived, 4) };
        setting = setting with { Load = setting.Load with { Operations = 600, RatePerSecond = 10 } };
        AgreementOutcome outcome = SimulatedAgreement.Run(strategy, setting, new Seed(3));
        output.WriteLine($"{name}: {outcome.ShareAnswered:P1}, longest {outcome.LatenciesSeconds().Last():0.00} s");
        outcome.ShareAnswered.ShouldBe(1);
        if (survived < 4)
        {
            AgreementOutcome stuck = SimulatedAgreement.Run(strategy, setting with { Crashes = survived + 1 }, new Seed(3));
            stuck.ShareAnswered.ShouldBeInRange(0.2, 0.5);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void OverRegionsEveryOperationIsCountedOnceAndWhatIsSentHasARegion(string name)
    {
        var places = new AgreementPlaces
        {
            Regions = ["us", "eu", "asia"],
            LatenciesNs = new long[,] { { 500_000, 40_000_000, 75_000_000 }, { 40_000_000, 500_000, 110_000_000 }, { 75_000_000, 110_000_000, 500_000 } },
            Servers = [1, 0, 0, 1, 2],
            Clients = [.. Enumerable.Range(0, 30).Select(client => client < 18 ? 0 : client < 27 ? 1 : 2)],
        };
        foreach (int crashes in (int[])[0, 1])
        {
            AgreementSetting setting = Setting(5, 80) with { Places = places, Crashes = crashes, Network = Setting(5, 80).Network with { Jitter = new Jitter(JitterShape.Exponential, 1_000_000), Loss = 0.01 }, DurabilityNs = 1_000_000 };
            AgreementOutcome outcome = SimulatedAgreement.Run(Strategy(name), setting, new Seed(5));
            (outcome.Due.Reads + outcome.Due.Writes).ShouldBe(setting.Load.Operations);
            outcome.Calls.Count(call => call.IsRead).ShouldBeInRange(0, outcome.Due.Reads);
            outcome.Calls.Count(call => !call.IsRead).ShouldBeInRange(0, outcome.Due.Writes);
            outcome.LatenciesSeconds(isRead: true).Length.ShouldBe(outcome.Due.Reads);
            outcome.BytesBetween.Cast<long>().Sum().ShouldBe(outcome.WireBytes);
            outcome.BusiestBytes.ShouldBeInRange(1, outcome.WireBytes);
        }
    }

    private static AgreementStrategy Strategy(string name) => AgreementStrategies.TryParse(name, out AgreementStrategy? strategy, out _) ? strategy : throw new ArgumentException(name);

    private static double Median(AgreementOutcome outcome)
    {
        double[] latencies = outcome.LatenciesSeconds();
        return latencies[latencies.Length / 2];
    }

    private static AgreementSetting Setting(int servers, int readsPercent) => new()
    {
        Places = AgreementPlaces.Uniform(servers, 8, LatencyNs),
        Network = new NetworkOptions { Topology = Topology.Complete(1, 0) },
        Load = new AgreementLoad { Operations = 4000, RatePerSecond = 40, ReadsPercent = readsPercent, ValueBytes = 256 },
        DurabilityNs = 0,
    };
}
