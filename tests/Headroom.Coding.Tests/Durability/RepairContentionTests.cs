using Headroom.Coding.Durability;
using Headroom.Coding.Erasure;
using Headroom.Coding.Models;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Xunit.Abstractions;

namespace Headroom.Coding.Tests.Durability;

public sealed class RepairContentionTests(ITestOutputHelper output)
{
    private static StorageSystem System { get; } = new()
    {
        Nodes = 60,
        NodeMttfSeconds = 1e8,
        DetectSeconds = 600,
        BandwidthBytesPerSecond = 50e6,
        DataBytes = 60e12,
        ShardBytes = 64e6,
    };

    /// <summary>The closed form is a floor, and repairs whose transfers meet come within two thirds of it.</summary>
    [Theory]
    [InlineData("replication(3)", 1)]
    [InlineData("rs(10,4)", 1)]
    [InlineData("rs(10,4)", 3)]
    [InlineData("lrc(12,2,2)", 1)]
    [InlineData("mbr(10,4,13)", 2)]
    public void TheClosedFormIsAFloorThatRepairsComeNear(string name, int failures)
    {
        RepairContention repair = RepairContention.Simulate(System, Shape(name), failures, new Seed(1));
        output.WriteLine($"{name} {failures}: {repair}");
        repair.SimulatedSeconds.ShouldBeGreaterThan(repair.ClosedFormSeconds * 0.999999);
        repair.Factor.ShouldBeInRange(1, 1.7);
    }

    [Fact]
    public void AnUplinkThatIsNarrowSetsTheTimeAndTheClosedFormSaysSo()
    {
        CodeShape shape = Shape("rs(10,4)");
        StorageSystem narrow = System with { Domains = [new("racks", 6, 1e9) { UplinkBytesPerSecond = 100e6 }] };
        RepairContention wide = RepairContention.Simulate(System, shape, 1, new Seed(1));
        RepairContention repair = RepairContention.Simulate(narrow, shape, 1, new Seed(1));
        output.WriteLine($"{wide} {repair}");
        repair.ClosedFormSeconds.ShouldBe(wide.ClosedFormSeconds * 59 * 50 * 5 / (6 * 6 * 100), wide.ClosedFormSeconds * 1e-9);
        repair.SimulatedSeconds.ShouldBeGreaterThan(3 * wide.SimulatedSeconds);
        repair.Factor.ShouldBeInRange(1, 1.4);
    }

    /// <summary>A copy onto one rebuilder from one helper at a time is the line's time to the byte.</summary>
    [Fact]
    public void OneLineAloneTakesItsTime()
    {
        StorageSystem two = System with { Nodes = 3, DataBytes = 3e9, ShardBytes = 1e6 };
        RepairContention repair = RepairContention.Simulate(two, Shape("replication(2)"), 1, new Seed(1));
        repair.ClosedFormSeconds.ShouldBe(2e9 / 2 / 50e6, 1e-9);
        repair.SimulatedSeconds.ShouldBe(repair.ClosedFormSeconds, repair.ClosedFormSeconds * 0.01);
    }

    /// <summary>
    /// Twelve seeds each, which draw other helpers: the 95 % intervals of the two means overlap. Were both right and normal they would miss each other with a probability of 0.6 %.
    /// </summary>
    [Theory]
    [InlineData("replication(3)", 1, null)]
    [InlineData("rs(10,4)", 1, null)]
    [InlineData("rs(10,4)", 3, null)]
    [InlineData("clay(10,4)", 1, null)]
    [InlineData("lrc(12,2,2)", 1, 100e6)]
    [InlineData("rs(10,4)", 2, 100e6)]
    [InlineData("rs(6,3)", 1, 400e6)]
    public void TheProcessesAgreeWithTheQueueingModel(string name, int failures, double? uplink)
    {
        StorageSystem system = uplink is { } rate ? System with { Domains = [new("racks", 6, 1e9) { UplinkBytesPerSecond = rate }] } : System;
        CodeShape shape = Shape(name);
        Moments processes = default;
        Moments model = default;
        for (int i = 0; i < 12; i++)
        {
            processes.Add(RepairContention.Simulate(system, shape, failures, new Seed(100).At(i)).SimulatedSeconds);
            model.Add(RepairQueues.Seconds(system, shape, failures, new Seed(200).At(i)));
        }

        Interval ours = processes.MeanInterval(0.95);
        Interval theirs = model.MeanInterval(0.95);
        output.WriteLine($"{name} {failures} {uplink}: processes {ours}, model {theirs}, ratio {processes.Mean / model.Mean}");
        (ours.Low - theirs.High).ShouldBeLessThan(0);
        (theirs.Low - ours.High).ShouldBeLessThan(0);
        (ours.Width / processes.Mean).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void ARunRepeatsForItsSeed() =>
        RepairContention.Simulate(System, Shape("rs(6,3)"), 2, new Seed(9)).ShouldBe(RepairContention.Simulate(System, Shape("rs(6,3)"), 2, new Seed(9)));

    private static CodeShape Shape(string name)
    {
        StorageCodes.TryParse(name, out ErasureCode? code, out _).ShouldBeTrue();
        return CodeShape.Of(code!);
    }
}
