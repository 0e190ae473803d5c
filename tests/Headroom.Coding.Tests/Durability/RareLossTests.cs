using Headroom.Coding.Durability;
using Headroom.Coding.Erasure;
using Headroom.Coding.Models;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Xunit.Abstractions;

namespace Headroom.Coding.Tests.Durability;

/// <summary>The rare-event simulation against the chain, against single stripes, and against itself unsplit. Intervals at 1 - 10^-4 two-sided, fixed seeds.</summary>
public sealed class RareLossTests(ITestOutputHelper output)
{
    private const double Confidence = 0.9999;

    private static StorageSystem System { get; } = new()
    {
        Nodes = 400,
        NodeMttfSeconds = 3 * 365.25 * 86400,
        DetectSeconds = 600,
        BandwidthBytesPerSecond = 50e6,
        DataBytes = 800e12,
        ShardBytes = 64e6,
    };

    /// <summary>Losses from common to 1e-15 a year: the chain, which knows nothing of this simulation, lies in its interval.</summary>
    [Theory]
    [InlineData("replication(2)", 100)]
    [InlineData("replication(3)", 200)]
    [InlineData("rs(6,3)", 200)]
    [InlineData("rs(10,4)", 200)]
    [InlineData("lrc(12,2,2)", 200)]
    [InlineData("mbr(10,4,13)", 600)]
    public void TheChainLiesInTheIntervalHoweverRareTheLoss(string code, int trials)
    {
        CodeShape shape = Shape(code);
        RareLoss loss = new RareLossTrials(System, shape, DurabilityModel.YearSeconds, new Seed(11)).Estimate(trials, Confidence);
        double model = DurabilityModel.Evaluate(System, shape).YearlyLoss;
        output.WriteLine($"{code}: {loss.Mean:g4} [{loss.Interval.Low:g4}, {loss.Interval.High:g4}] model {model:g4}");
        loss.Interval.Contains(model).ShouldBeTrue($"{code}: {loss} does not hold {model}");
        (loss.Interval.Width / loss.Mean).ShouldBeLessThan(1, $"{code}: an interval that says nothing");
    }

    /// <summary>Racks and sites that fail as a whole, each seldom, besides nodes; uplinks that slow the rebuild of a rack.</summary>
    [Theory]
    [InlineData("replication(3)", 0, 24, 400)]
    [InlineData("rs(10,4)", 0, 24, 400)]
    [InlineData("rs(6,3)", 3, 24, 400)]
    [InlineData("lrc(12,2,2)", 4, 24, 400)]
    public void TheModelOfDomainsLiesInTheInterval(string code, int sites, int racks, int trials)
    {
        CodeShape shape = Shape(code);
        FailureDomain[] domains = sites == 0 ? [new("racks", racks, 20 * DurabilityModel.YearSeconds)]
            : [new("sites", sites, 500 * DurabilityModel.YearSeconds), new("racks", racks, 20 * DurabilityModel.YearSeconds)];
        StorageSystem system = System with { Nodes = 96, DataBytes = 192e12, Domains = domains };
        RareLoss loss = new RareLossTrials(system, shape, DurabilityModel.YearSeconds, new Seed(12)).Estimate(trials, Confidence);
        double model = DurabilityModel.Evaluate(system, shape).YearlyLoss;
        output.WriteLine($"{code}: {loss.Mean:g4} [{loss.Interval.Low:g4}, {loss.Interval.High:g4}] model {model:g4}");
        loss.Interval.Contains(model).ShouldBeTrue($"{code}: {loss} does not hold {model}");
        (loss.Interval.Width / loss.Mean).ShouldBeLessThan(2, $"{code}: an interval that says nothing");
    }

    /// <summary>The longer repairs take, the more is lost, also where they queue and most is down most of the time; and domains that fail do not help.</summary>
    [Theory]
    [InlineData("replication(3)")]
    [InlineData("rs(10,4)")]
    [InlineData("lrc(12,2,2)")]
    public void RepairsThatQueueLoseMoreAndNotLess(string code)
    {
        CodeShape shape = Shape(code);
        double before = 0;
        for (double uplink = 1.25e9; uplink > 0.1; uplink /= 2)
        {
            StorageSystem system = System with { Domains = [new("racks", 40, 20 * DurabilityModel.YearSeconds) { UplinkBytesPerSecond = uplink }] };
            double loss = DurabilityModel.Evaluate(system, shape).YearlyLoss;
            loss.ShouldBeGreaterThanOrEqualTo(0.8 * before, $"{code} with uplinks of {uplink} B/s");
            before = loss;
        }

        before.ShouldBeGreaterThan(0.999);
        // Racks that are hardly ever up, of nodes that seldom fail by themselves.
        DurabilityModel.Evaluate(System with { NodeMttfSeconds = 1e12, Domains = [new("racks", 40, 1e-2)] }, shape).YearlyLoss.ShouldBeGreaterThan(0.999);
        DurabilityModel.Evaluate(System with { BandwidthBytesPerSecond = 1, Domains = [new("racks", 40, 1e9), new("hosts", 80, 1e9)] }, shape).YearlyLoss.ShouldBeGreaterThan(0.999);
    }

    /// <summary>Groups, where a failure beside a lost node is rare among all failures; and so few nodes that most years see no failure.</summary>
    [Theory]
    [InlineData("replication(3)", 3000, 100, Placement.Groups)]
    [InlineData("rs(6,3)", 3000, 100, Placement.Groups)]
    [InlineData("replication(2)", 4, 40, Placement.Spread)]
    [InlineData("rs(4,2)", 8, 300, Placement.Spread)]
    [InlineData("rs(4,2)", 12, 300, Placement.Groups)]
    public void LossesThatSeldomBeginAreFoundToo(string code, int nodes, double mttfYears, Placement placement)
    {
        CodeShape shape = Shape(code);
        StorageSystem system = System with { Nodes = nodes, NodeMttfSeconds = mttfYears * DurabilityModel.YearSeconds, DataBytes = nodes * 1e12, Placement = placement };
        RareLoss loss = new RareLossTrials(system, shape, DurabilityModel.YearSeconds, new Seed(14)).Estimate(600, Confidence);
        double model = DurabilityModel.Evaluate(system, shape).YearlyLoss;
        output.WriteLine($"{code}: {loss.Mean:g4} [{loss.Interval.Low:g4}, {loss.Interval.High:g4}] model {model:g4}");
        loss.Interval.Contains(model).ShouldBeTrue($"{code}: {loss} does not hold {model}");
        (loss.Interval.Width / loss.Mean).ShouldBeLessThan(1, $"{code}: an interval that says nothing");
    }

    /// <summary>The number of trials follows from the work that is allowed, is the same again, and where it does not suffice there is no estimate.</summary>
    [Fact]
    public void TrialsAreAsManyAsTheWorkAllows()
    {
        RareLossTrials[] both = [new(System, Shape("rs(6,3)"), DurabilityModel.YearSeconds, new Seed(15)), new(System, Shape("replication(2)"), DurabilityModel.YearSeconds, new Seed(15))];
        RareLoss?[] Within(long work, int least, int most) => [.. RareLossTrials.EstimateWithin(both, work, least, most, Confidence)];
        RareLoss?[] some = Within(6_000_000, 5, 1000);
        (some[0]!.Trials, some[1]!.Trials).ShouldBe((Math.Clamp(some[0]!.Trials, 5, 999), Math.Clamp(some[1]!.Trials, some[0]!.Trials, 1000)));
        Within(6_000_000, 5, 1000).ShouldBe(some);
        Within(12_000_000, 5, 2000)[0]!.Trials.ShouldBeInRange((int)(1.5 * some[0]!.Trials), (int)(2.5 * some[0]!.Trials));
        Within(6_000_000, 5, 7).ShouldAllBe(loss => loss!.Trials == 7);
        int more = Within(6_000_000, 5, 50)[0]!.Trials;
        more.ShouldBe(50);
        Within(6_000_000, 3 * some[0]!.Trials, 5000)[0].ShouldBeNull();
        Within(1000, 2, 1000).ShouldAllBe(loss => loss == null);
        both[0].Estimate(some[0]!.Trials, Confidence).ShouldBe(some[0]);

        // Of three that cost the same none gets what another has spent.
        RareLossTrials[] alike = [.. Enumerable.Range(0, 3).Select(_ => new RareLossTrials(System, Shape("rs(6,3)"), DurabilityModel.YearSeconds, new Seed(20)))];
        int[] parts = [.. RareLossTrials.EstimateWithin(alike, 6_000_000, 5, 5000, Confidence).Select(loss => loss!.Trials)];
        (parts.Max() - parts.Min()).ShouldBeLessThanOrEqualTo(1, string.Join(",", parts));
    }

    [Fact]
    public void DomainsThatNeverFailChangeNothingButThePlacement()
    {
        CodeShape shape = Shape("rs(6,3)");
        double flat = DurabilityModel.Evaluate(System, shape).YearlyLoss;
        double racks = DurabilityModel.Evaluate(System with { Domains = [new("racks", 40, 1e30)] }, shape).YearlyLoss;
        racks.ShouldBe(flat, flat * 0.02);
        DurabilityModel.Evaluate(System with { Domains = [new("racks", 40, 20 * DurabilityModel.YearSeconds)] }, shape).YearlyLoss.ShouldBeGreaterThan(racks * 1.5);
    }

    /// <summary>Few copysets: less often, and more with each.</summary>
    [Fact]
    public void FewCopysetsAreLostLessOften()
    {
        CodeShape shape = Shape("replication(3)");
        StorageSystem few = System with { Copysets = 2000 };
        double random = DurabilityModel.Evaluate(System, shape).YearlyLoss;
        double sets = DurabilityModel.Evaluate(few, shape).YearlyLoss;
        output.WriteLine($"{random:g4} {sets:g4} {few.Rebuilders(shape)}");
        sets.ShouldBeLessThan(random / 2);
        RareLoss loss = new RareLossTrials(few, shape, DurabilityModel.YearSeconds, new Seed(13)).Estimate(200, Confidence);
        loss.Interval.Contains(sets).ShouldBeTrue($"{loss} does not hold {sets}");
    }

    /// <summary>The probability given which nodes are down, against stripes placed one by one.</summary>
    [Theory]
    [InlineData("rs(4,2)", 0, 12)]
    [InlineData("rs(4,2)", 3, 6)]
    [InlineData("rs(6,3)", 2, 4)]
    [InlineData("lrc(4,2,1)", 0, 6)]
    public void SurvivalIsThatOfStripesPlacedOneByOne(string name, int sites, int racks)
    {
        StorageCodes.TryParse(name, out ErasureCode? code, out _).ShouldBeTrue();
        const int Nodes = 24;
        FailureDomain[] domains = sites == 0 ? [new("racks", racks, 1e9)] : [new("sites", sites, 1e9), new("racks", racks, 1e9)];
        CodeShape shape = CodeShape.Of(code!);
        StorageSystem one = System with { Nodes = Nodes, Domains = domains, DataBytes = 1, ShardBytes = 1 };
        var placement = new StripePlacement(one, shape);
        var random = new Random(5);
        for (int round = 0; round < 12; round++)
        {
            int[] down = [.. Enumerable.Range(0, Nodes).OrderBy(_ => random.Next()).Take(4 + (round % 5)).Order()];
            int lost = 0;
            int most = 0;
            const int Placed = 40_000;
            for (int i = 0; i < Placed; i++)
            {
                int[] on = Place(0, Nodes, [.. domains.Select(d => Nodes / d.Count), 1], code!.TotalShards, random);
                random.Shuffle(on);
                int[] gone = [.. Enumerable.Range(0, on.Length).Where(shard => down.Contains(on[shard]))];
                lost += code.IsRecoverable(gone) ? 0 : 1;
                most = Math.Max(most, gone.Length);
            }

            double expected = 1 - Math.Exp(placement.LogSurvival(down));
            Distributions.ProportionInterval(lost, Placed, Confidence).Contains(expected).ShouldBeTrue($"{lost} of {Placed}, expected {expected}, down {string.Join(",", down)}");
            placement.LostMax(down).ShouldBeGreaterThanOrEqualTo(most);
        }
    }

    /// <summary>Where loss is common it needs no splitting, and single stripes can be followed: all three agree.</summary>
    [Fact]
    public void WhereLossIsCommonSingleStripesLoseAsOften()
    {
        StorageCodes.TryParse("rs(4,2)", out ErasureCode? code, out _).ShouldBeTrue();
        StorageSystem system = System with { Nodes = 20, NodeMttfSeconds = 30 * 86400, DetectSeconds = 7200, BandwidthBytesPerSecond = 1e6, DataBytes = 2e11, ShardBytes = 1e9 };
        double horizon = 60 * 86400;
        DurabilityOutcome stripes = DurabilityTrials.Run(system, code!, horizon, 4000, new Seed(3));
        RareLoss split = new RareLossTrials(system, CodeShape.Of(code!), horizon, new Seed(4)).Estimate(400, Confidence);
        output.WriteLine($"{stripes.Share} {stripes.Interval(Confidence)} {split}");
        stripes.Interval(Confidence).Low.ShouldBeLessThan(split.Interval.High);
        stripes.Interval(Confidence).High.ShouldBeGreaterThan(split.Interval.Low);
        stripes.Share.ShouldBeInRange(0.02, 0.98);
    }

    /// <summary>The same in groups, where every other failure is drawn beside a lost node.</summary>
    [Fact]
    public void WhereLossIsCommonGroupsLoseAsOften()
    {
        StorageCodes.TryParse("rs(4,2)", out ErasureCode? code, out _).ShouldBeTrue();
        StorageSystem system = System with { Nodes = 26, NodeMttfSeconds = 30 * 86400, DetectSeconds = 7200, BandwidthBytesPerSecond = 4e5, DataBytes = 2e11, ShardBytes = 1e9, Placement = Placement.Groups };
        double horizon = 60 * 86400;
        DurabilityOutcome stripes = DurabilityTrials.Run(system, code!, horizon, 4000, new Seed(3));
        RareLoss split = new RareLossTrials(system, CodeShape.Of(code!), horizon, new Seed(4)).Estimate(4000, Confidence);
        output.WriteLine($"{stripes.Share} {stripes.Interval(Confidence)} {split}");
        stripes.Interval(Confidence).Low.ShouldBeLessThan(split.Interval.High);
        stripes.Interval(Confidence).High.ShouldBeGreaterThan(split.Interval.Low);
        stripes.Share.ShouldBeInRange(0.02, 0.98);
    }

    private static int[] Place(int start, int size, int[] sizes, int shards, Random random)
    {
        int child = sizes[0];
        int[] blocks = [.. Enumerable.Range(0, size / child).OrderBy(_ => random.Next())];
        (int each, int extra) = Math.DivRem(shards, blocks.Length);
        return child == 1 ? [.. blocks.Take(shards).Select(b => start + b)]
            : [.. blocks.SelectMany((b, i) => Place(start + (b * child), child, sizes[1..], each + (i < extra ? 1 : 0), random))];
    }

    private static CodeShape Shape(string name)
    {
        StorageCodes.TryParse(name, out ErasureCode? code, out _).ShouldBeTrue();
        return CodeShape.Of(code!);
    }
}
