using Headroom.Consensus.Bounds;
using Headroom.Consensus.Watch;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Watch;

/// <summary>Counts by hand, states at the end, the floor, and faults put in.</summary>
public sealed class WatchFanOutTests
{
    /// <summary>Twelve nodes and a controller: pods of a node in a topic each, and one topic that all watch. 40 and 10 updates at one moment.</summary>
    internal static WatchOptions Small { get; } = new()
    {
        Kinds =
        [
            new WatchKind { Name = "pods", Objects = 36, Topics = 12, WatchersEach = 1, RateHz = 0, AtOnce = 40, Fields = 10, FieldBytes = 20, Changed = 2, RandomBytes = 4 },
            new WatchKind { Name = "services", Objects = 4, Topics = 1, WatchersEach = 12, RateHz = 0, AtOnce = 10, Fields = 5, FieldBytes = 30, Changed = 1, RandomBytes = 4 },
        ],
        Nodes = 12,
        Controllers = 1,
        DurationNs = 1_000_000_000,
    };

    private static WatchOptions Moving { get; } = Small with
    {
        Kinds = [.. Small.Kinds.Select(kind => kind with { RateHz = 40, AtOnce = 0 })],
        DurationNs = 3_000_000_000,
        IsGrouped = true,
        IsDelta = true,
    };

    public static TheoryData<bool, bool, long, int?> Ways
    {
        get
        {
            var ways = new TheoryData<bool, bool, long, int?>();
            for (int i = 0; i < 16; i++)
            {
                ways.Add((i & 1) != 0, (i & 2) != 0, (i & 4) != 0 ? 50_000_000 : 0, (i & 8) != 0 ? 3 : null);
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void EveryWatcherEndsWithTheStoresState(bool isGrouped, bool isDelta, long batchNs, int? relayFanOut)
    {
        WatchOptions options = Moving with { IsGrouped = isGrouped, IsDelta = isDelta, BatchNs = batchNs, RelayFanOut = relayFanOut };
        for (int seed = 0; seed < 3; seed++)
        {
            Run(options, seed).IsWhole.ShouldBeTrue();
            WatchResult lossy = Run(options with { Loss = 0.2, BookmarkNs = 300_000_000 }, seed);
            lossy.IsWhole.ShouldBeTrue($"{lossy.Differing} differ, {lossy.LatenciesNs.Count} of {lossy.Deliveries}");
            lossy.Meter.Questions.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void WithoutGroupsEachChangeGoesToEveryWatcher()
    {
        WatchResult result = Run(Small);
        result.Updates.ShouldBe(50);
        result.Meter.Messages.ShouldBe(50 * 13);
        result.Meter.Notifications.ShouldBe(50 * 13);
        result.Meter.Encodings.ShouldBe(50);
        result.Meter.StoreEntries.ShouldBe(50);
        result.ConsensusMessages.ShouldBe(50 * 8);
        result.Groups.ShouldBe(1);
    }

    [Fact]
    public void GroupedAChangeGoesToThoseWhoWatchItsTopic()
    {
        WatchResult result = Run(Small with { IsGrouped = true });

        // A pod's change: its node and the controller. A service's: all 13.
        result.Deliveries.ShouldBe((40 * 2) + (10 * 13));
        result.Meter.Messages.ShouldBe(result.Deliveries);
        result.LatenciesNs.Count.ShouldBe(210);

        // Every node's interest differs, by its pods: 12 groups and the controller's.
        result.Groups.ShouldBe(13);
        result.Meter.Encodings.ShouldBe(result.Meter.Messages);
        result.WatchersNotified.ShouldBe(13);
        // Of each whole object the verb, two revisions' numbers, its step; the object's number, the mask (ten fields: two bytes), and 2 bytes a field.
        result.OriginalBytes.ShouldBe((80 * (4 + 1 + 2 + (10 * 22))) + (130 * (4 + 1 + 1 + (5 * 32))));
        result.Meter.SentBytes.ShouldBe(result.OriginalBytes);
    }

    [Fact]
    public void ABatchIsOneEntryAndOneMessageToEachGroup()
    {
        WatchResult result = Run(Small with { IsGrouped = true, BatchNs = 10_000_000 });
        result.Meter.StoreEntries.ShouldBe(1);
        result.ConsensusMessages.ShouldBe(8);
        result.Meter.Messages.ShouldBe(13);

        // 10 ms for the batch and 2 for its entry.
        result.Meter.Commit.Mean.ShouldBe(12e6);
        Run(Small with { IsGrouped = true, BatchNs = 10_000_000, BatchMax = 20 }).Meter.StoreEntries.ShouldBe(3);
    }

    [Fact]
    public void WhatABatchTellsInSeveralMessagesIsWholeWhereSomeAreLost()
    {
        // 200 whole pods of 230 bytes are 46 kB to the controller: four messages of at most 12 kB.
        WatchOptions options = Small with { Kinds = [Small.Kinds[0] with { AtOnce = 200 }], IsGrouped = true, BatchNs = 10_000_000 };
        WatchResult whole = Run(options);
        whole.Meter.Messages.ShouldBe(12 + 4);
        whole.IsWhole.ShouldBeTrue();
        for (int seed = 0; seed < 10; seed++)
        {
            Run(options with { Loss = 0.3, BookmarkNs = 200_000_000 }, seed).IsWhole.ShouldBeTrue();
        }
    }

    [Fact]
    public void ATierOfRelaysTakesMessagesFromTheStore()
    {
        // Thirteen watchers, five below a relay: three relays.
        WatchResult result = Run(Small with { BatchNs = 10_000_000, RelayFanOut = 5 });
        result.Relays.ShouldBe(3);
        result.Meter.StoreMessages.ShouldBe(3);
        result.Meter.Messages.ShouldBe(3 + 13);
        Run(Small with { RelayFanOut = 3 }).Relays.ShouldBe(5 + 2);
        Run(Small with { RelayFanOut = 13 }).Relays.ShouldBe(0);
    }

    [Fact]
    public void ALoneChangeIsKnownAfterItsCommitAndALink()
    {
        WatchOptions one = Small with { Kinds = [Small.Kinds[0] with { AtOnce = 1 }], IsGrouped = true, BandwidthBps = double.PositiveInfinity };
        WatchResult result = Run(one);
        result.LatenciesNs.ShouldBe([2_250_000.0, 2_250_000.0]);

        // Thirteen watchers: four relays, or five below two.
        Run(one with { RelayFanOut = 4 }).LatenciesNs.ShouldBe([2_500_000.0, 2_500_000.0]);
        Run(one with { RelayFanOut = 3 }).LatenciesNs.ShouldBe([2_750_000.0, 2_750_000.0]);
    }

    [Fact]
    public void ADeltaIsTheFieldsWrittenWithoutWhatTheyShare()
    {
        var catalogue = new WatchCatalogue(Small);
        byte[] before = catalogue.FirstState(0).ToArray();
        byte[] after = [.. before];
        after[39] = (byte)'f';
        byte[] change = new ChangeCodec(catalogue).Encode(0, 2, before, after, isDelta: true);
        change.ShouldBe(new byte[] { 0, 2, 19, 1, (byte)'f' });

        var states = new ObjectStates(catalogue);
        var reader = new VarintReader(change);
        new ChangeCodec(catalogue).Decode(ref reader, states).ShouldBe(0);
        states.Of(0).SequenceEqual(after).ShouldBeTrue();
    }

    [Fact]
    public void DamagedChangesAreRefusedAndNeverThrow()
    {
        var catalogue = new WatchCatalogue(Small);
        byte[] state = catalogue.FirstState(0).ToArray();
        byte[] change = new ChangeCodec(catalogue).Encode(0, 3, state, state, isDelta: false);
        for (int length = 0; length < change.Length; length++)
        {
            var cut = new VarintReader(change.AsSpan(0, length));
            new ChangeCodec(catalogue).Decode(ref cut, new ObjectStates(catalogue)).ShouldBe(-1);
        }

        RandomStream random = Seed.Named("damage").Stream();
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. change];
            damaged[random.Below(i % 2 == 0 ? 8 : damaged.Length)] = (byte)random.Below(256);
            var reader = new VarintReader(damaged);
            int item = new ChangeCodec(catalogue).Decode(ref reader, new ObjectStates(catalogue));
            (item >= 0).ShouldBe(reader.IsGood);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void NoWayGoesBelowTheFloor(bool isGrouped, bool isDelta, long batchNs, int? relayFanOut)
    {
        WatchResult result = Run(Moving with { IsGrouped = isGrouped, IsDelta = isDelta, BatchNs = batchNs, RelayFanOut = relayFanOut });
        double floor = FloorBytes(result);
        floor.ShouldBeGreaterThan(0);
        ((double)result.Meter.WatcherBytes).ShouldBeGreaterThan(floor);
        result.LatenciesNs[0].ShouldBeGreaterThanOrEqualTo(2_250_000);
    }

    [Fact]
    public void TheFloorCountsWhatEachWatcherMustLearn()
    {
        // Three objects a topic, two of ten fields, 64 random bits: log2 3 + log2 45 + 64 bits to two watchers each; two bits, log2 5 and 32 to thirteen.
        double bits = (80 * (Math.Log2(3) + Math.Log2(45) + 64)) + (130 * (2 + Math.Log2(5) + 32));
        FloorBytes(Run(Small)).ShouldBe(bits / 8, 1e-6);
    }

    [Theory]
    [InlineData("IgnoreGaps")]
    [InlineData("StaleBase")]
    [InlineData("ForgetGroup")]
    [InlineData("ResumeLate")]
    public void EveryFaultPutInLeavesAWatcherBehind(string mutant)
    {
        WatchOptions options = Moving with { Loss = 0.2, BookmarkNs = 300_000_000, Mutant = Enum.Parse<WatchMutant>(mutant) };
        Enumerable.Range(0, 3).ShouldAllBe(seed => Run(options, seed).Differing > 0);
    }

    [Fact]
    public void ARunIsTheSameForItsSeed()
    {
        Run(Moving, 1).LatenciesNs.ShouldBe(Run(Moving, 1).LatenciesNs);
        Run(Moving, 2).LatenciesNs.ShouldNotBe(Run(Moving, 1).LatenciesNs);
    }

    [Fact]
    public void OptionsThatCannotBeAreRefused()
    {
        Should.Throw<ArgumentException>(() => Run(Small with { Loss = 0.1 })).Message.ShouldContain("resume");
        Should.Throw<ArgumentException>(() => Run(Small with { Kinds = [Small.Kinds[0] with { Objects = 37 }] })).Message.ShouldContain("37 objects");
        Should.Throw<ArgumentException>(() => Run(Small with { RelayFanOut = 1 }));
        Should.Throw<ArgumentException>(() => Run(Small with { Kinds = [] }));
        Should.Throw<ArgumentException>(() => Run(Small with { Kinds = [Small.Kinds[0] with { Fields = 63 }] }));
    }

    internal static Seed Seed => new Seed(2026).Named("watch");

    internal static double FloorBytes(WatchResult result) => result.Learning.Sum(kind => ConsensusBounds.WatchBytes.Evaluate(new BoundArguments
    {
        { "changes", [.. kind.Changes] },
        { "watchers", [.. kind.Watchers] },
        { "entropy", kind.EntropyBits },
    }).Number!.Value);

    private static WatchResult Run(WatchOptions options, int seed = 0) => WatchFanOut.Run(options, Seed.At(seed));
}
