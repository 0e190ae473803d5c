using System.Globalization;
using Headroom.Audit.Comparisons.Agreements;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests.Comparisons.Agreements;

/// <summary>
/// Few servers, regions, disks, jitter, loss, crashes and rates at random: no way of agreeing crosses a floor, run by run, nor leaves
/// the cases of its theory where nothing is lost and nobody fails.
/// HEADROOM_AGREEMENT_SETTINGS=5000 tries as many settings instead.
/// </summary>
public sealed class AgreementFloorTests
{
    private const int SettingsByDefault = 400;

    private readonly List<string> _wrong = [];
    private readonly Dictionary<string, double> _nearest = [];

    [Fact]
    public void NoFloorIsCrossedAndNoCaseLeftInAnySetting()
    {
        int settings = int.TryParse(Environment.GetEnvironmentVariable("HEADROOM_AGREEMENT_SETTINGS"), CultureInfo.InvariantCulture, out int asked) ? asked : SettingsByDefault;
        for (int i = 0; i < settings; i++)
        {
            RandomStream random = new Seed(41).Named("agreements").At(i).Stream();
            AgreementSetting setting = RandomAgreements.Setting(i, ref random);
            AgreementStrategy strategy = RandomAgreements.Strategy(setting, ref random);
            Check(strategy, setting, $"case {i}: {strategy}, {RandomAgreements.Words(setting)}", new Seed(42).At(i));
        }

        _wrong.Count.ShouldBe(0, string.Join(Environment.NewLine, _wrong.Take(40)));
        // The floors are not so low that nothing could cross them: some run comes within a fifth, and of bytes, which have heads, within a half.
        foreach ((string metric, double ratio) in _nearest)
        {
            ratio.ShouldBeLessThan(metric.EndsWith("bytes", StringComparison.Ordinal) ? 1.5 : 1.2, metric);
        }

        _nearest.Count.ShouldBe(8);
    }

    [Fact]
    public void EveryStrategyHasTheServersThatItsCrashesNeed()
    {
        foreach (AgreementStrategy strategy in AgreementStrategies.Usual)
        {
            for (int servers = 1; servers <= 9; servers++)
            {
                AgreementSetting setting = RandomAgreements.Plain(servers);
                if (strategy.Problem(setting) is null && new AgreementLimits(strategy, setting).Members() is { } members)
                {
                    members.Value.Number!.Value.ShouldBeLessThanOrEqualTo(servers, $"{strategy} of {servers}");
                }
            }
        }
    }

    [Fact]
    public void OperationsThatAreUnderWayTogetherShareNoMessageOfTheFloor()
    {
        AgreementSetting setting = RandomAgreements.Plain(5);
        AgreementStrategies.TryParse("raft", out AgreementStrategy? raft, out _).ShouldBeTrue();
        var limits = new AgreementLimits(raft, setting);
        // Three of five hold a write, and its client hears of it: four messages; of a read a question and an answer.
        limits.Messages(isRead: false, apart: 1).Value.Number.ShouldBe(4);
        limits.Messages(isRead: false, apart: 0.25).Value.Number!.Value.ShouldBe(1, 1e-12);
        limits.Messages(isRead: true, apart: 1).Value.Number.ShouldBe(2);
        limits.Messages(isRead: true, apart: 0).Value.Number!.Value.ShouldBeLessThan(1e-9);
        limits.Bytes(isRead: false).Value.Number.ShouldBe(3 * 100);
        limits.Bytes(isRead: true).Value.Number.ShouldBe(100);
        limits.Rounds(isRead: false).Id.ShouldBe("consensus.message-delays");
        limits.Rounds(isRead: false).Value.Number.ShouldBe(2);
        limits.Rounds(isRead: true).Value.Number.ShouldBe(2);
        limits.Latency(isRead: false).Value.Number!.Value.ShouldBe(0.010 + 0.003, 1e-12);
        limits.Latency(isRead: true).Value.Number!.Value.ShouldBe(0.010, 1e-12);
    }

    [Fact]
    public void AFloorOfTimeFollowsEachClientsRegion()
    {
        AgreementPlaces places = new()
        {
            Regions = ["a", "b", "c"],
            LatenciesNs = new long[,] { { 1_000_000, 10_000_000, 40_000_000 }, { 10_000_000, 1_000_000, 20_000_000 }, { 40_000_000, 20_000_000, 1_000_000 } },
            Servers = [0, 1, 2],
            Clients = [0, 2],
        };
        AgreementSetting setting = RandomAgreements.Plain(3) with { Places = places };
        AgreementStrategies.TryParse("raft", out AgreementStrategy? raft, out _).ShouldBeTrue();
        // Two of three and the client: from a the server in b, 2 * 10 (by way of the server in a no sooner); from c that in b, 2 * 20.
        new AgreementLimits(raft, setting).Latency(isRead: false).Value.Number!.Value.ShouldBe((((20 + 40) / 2.0) + 3) / 1e3, 1e-9);
        new AgreementLimits(raft, setting).Latency(isRead: true).Value.Number!.Value.ShouldBe(0.002, 1e-9);
    }

    private void Check(AgreementStrategy strategy, AgreementSetting setting, string words, Seed seed)
    {
        AgreementOutcome outcome = SimulatedAgreement.Run(strategy, setting, seed);
        var limits = new AgreementLimits(strategy, setting);
        bool isRead = setting.Load.ReadsPercent == 100;
        (int reads, int writes) = outcome.Apart();
        string kind = isRead ? "read" : "write";
        Hold($"{kind} messages", outcome.MessagesPerOperation, limits.Messages(isRead, (double)(reads + writes) / outcome.Operations), words);
        double share = outcome.ShareAnswered;
        if (share < 1)
        {
            // What was never answered may never have gone out.
            return;
        }

        if (setting.Crashes == 0 && setting.Network.Loss == 0 && setting.Network.Duplication == 0)
        {
            // A run begins and ends amid periods and with messages under way: two rounds of everybody.
            double edge = 4.0 * setting.Servers / outcome.Operations;
            // What flows anyway flows until the last answer.
            double longer = Math.Max(1, (double)outcome.DurationNs / setting.Load.DurationNs);
            Within(AgreementMetric.Messages, outcome.MessagesPerOperation, edge, longer);
            Within(AgreementMetric.Bytes, outcome.BytesPerOperation, edge * (100 + setting.Load.ValueBytes), longer);
            Within(AgreementMetric.Latency, outcome.LatenciesSeconds().Average(), 0, 1);
        }

        void Within(AgreementMetric metric, double measured, double slack, double longer)
        {
            if (strategy.Theory(metric, isRead, setting) is { } cases && !(cases.Best <= (measured * (1 + Gap.DeterministicTolerance)) + slack && measured <= (longer * cases.Worst * (1 + Gap.DeterministicTolerance)) + slack))
            {
                _wrong.Add($"{kind} {metric} {measured} outside {cases}: {words}");
            }
        }

        Hold($"{kind} bytes", outcome.BytesPerOperation, limits.Bytes(isRead), words);
        Hold($"{kind} latency", outcome.LatenciesSeconds().Average(), limits.Latency(isRead), words);
        long least = setting.Places.LatenciesNs.Cast<long>().Min();
        Hold($"{kind} rounds", outcome.LatenciesSeconds()[0] * 1e9 / least, limits.Rounds(isRead), words);
    }

    private void Hold(string metric, double measured, Limit limit, string words)
    {
        BoundValue.Finite floor = limit.Value.ShouldBeOfType<BoundValue.Finite>($"{metric}, {words}");
        if (measured < floor.Value * (1 - Gap.DeterministicTolerance))
        {
            _wrong.Add($"{metric} {measured} below {floor.Value} of {limit.Id}({limit.Arguments}): {words}");
        }

        _nearest[metric] = Math.Min(_nearest.GetValueOrDefault(metric, double.PositiveInfinity), measured / floor.Value);
    }
}
