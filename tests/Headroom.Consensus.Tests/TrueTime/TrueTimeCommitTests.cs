using Headroom.Consensus.Bounds;
using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.TrueTime;

/// <summary>Runs over three regions: right in every seed, wrong where it must be, at the price that the floors say.</summary>
public sealed class TrueTimeCommitTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void WithTrueTimeEveryRunIsExternallyConsistent(int seed) => ShouldBeConsistent(Contended, seed);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void WithAnOracleEveryRunIsExternallyConsistent(int seed) => ShouldBeConsistent(Contended with { Timestamps = TimestampSource.Oracle }, seed);

    [Fact]
    public void WithLocalClocksValuesAreSerializableAndRealTimeIsContradicted()
    {
        int contradicted = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            TrueTimeResult result = TrueTimeCommit.Run(Contended with { Timestamps = TimestampSource.LocalClock }, Seeded(seed));
            result.IsWhole.ShouldBeTrue();
            (result.Violation?.IsRealTime ?? true).ShouldBeTrue(result.Violation?.Reason);
            (result.Reversed > 0).ShouldBe(result.Violation is not null);
            contradicted += Math.Sign(result.Reversed);
        }

        // Where the leaders' clocks happen to lie near each other, nothing shows.
        contradicted.ShouldBeGreaterThanOrEqualTo(6);
    }

    [Theory]
    [InlineData("SkipCommitWait")]
    [InlineData("ReleaseEarly")]
    [InlineData("IgnorePrepareTimestamps")]
    [InlineData("ReadPastPrepared")]
    [InlineData("ForgetReadPromise")]
    [InlineData("SkipValidation")]
    public void TheCheckerFindsEveryFaultPutIn(string mutant)
    {
        TrueTimeOptions options = Contended with { Mutant = Enum.Parse<CommitMutant>(mutant) };
        Enumerable.Range(0, 12).Any(seed => TrueTimeCommit.Run(options, Seeded(seed)).Violation is not null).ShouldBeTrue();
    }

    [Fact]
    public void ARunIsTheSameForItsSeed()
    {
        TrueTimeResult one = TrueTimeCommit.Run(Contended, Seeded(3));
        TrueTimeResult other = TrueTimeCommit.Run(Contended, Seeded(3));
        other.CommitLatenciesNs.ShouldBe(one.CommitLatenciesNs);
        other.Meter.Messages.ShouldBe(one.Meter.Messages);
        TrueTimeCommit.Run(Contended, Seeded(4)).CommitLatenciesNs.ShouldNotBe(one.CommitLatenciesNs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(20)]
    public void TheWaitIsNeverBelowTwiceTheUncertaintyAndHardlyAboveItWithoutContention(int uncertaintyMs)
    {
        TrueTimeResult result = TrueTimeCommit.Run(Quiet with { Groups = 1, Clocks = Clocks(uncertaintyMs) }, Seeded(1));
        double wait = result.Meter.Wait.Mean / 1e6;
        double floor = ConsensusBounds.Wait.Evaluate(new BoundArguments { ["uncertainty"] = result.Meter.Uncertainty.Mean / 1e6 }).Number!.Value;
        wait.ShouldBeGreaterThanOrEqualTo(floor);
        wait.ShouldBeLessThan(floor + 0.5);
        result.Meter.Uncertainty.Mean.ShouldBeGreaterThanOrEqualTo(uncertaintyMs * 1e6);
    }

    [Fact]
    public void TheWaitIsPaidOnlyBeyondWhatReplicationTakesAnyway()
    {
        // 40 ms between regions: a majority answers after 80 ms, long after 2 * 4 ms.
        TrueTimeCommit.Run(Quiet with { Clocks = Clocks(4) }, Seeded(1)).Meter.ExtraWait.Mean.ShouldBe(0);
        TrueTimeResult near = TrueTimeCommit.Run(Quiet with { Clocks = Clocks(4), FarNs = 250_000 }, Seeded(1));
        near.Meter.ExtraWait.Mean.ShouldBeGreaterThan(5e6);
    }

    [Fact]
    public void ACommitOverTwoGroupsTakesNineMessageDelaysAndOverOneSix()
    {
        TrueTimeOptions options = Quiet with { NearNs = 1_000_000, FarNs = 1_000_000, DurabilityNs = 0, Clients = 1, Timestamps = TimestampSource.LocalClock };
        // Read and answer; request; append and answer; vote; append and answer; outcome. One group has no prepare record and no vote.
        TrueTimeResult two = TrueTimeCommit.Run(options with { Groups = 2 }, Seeded(1));
        two.CommitLatenciesNs.Distinct().ShouldBe([6e6, 9e6], 1e3);
        two.CommitLatenciesNs.Average().ShouldBe(3e6 + (3e6 * two.Meter.Participants.Mean), 1e3);
        TrueTimeCommit.Run(options with { Groups = 1 }, Seeded(1)).CommitMs(0.5)!.Value.ShouldBe(6, 1e-3);
        TrueTimeCommit.Run(options with { SnapshotPercent = 100 }, Seeded(1)).SnapshotMs(0.5)!.Value.ShouldBe(2, 1e-3);
        // The oracle adds a round trip to a commit and to a snapshot.
        TrueTimeCommit.Run(options with { Groups = 1, Timestamps = TimestampSource.Oracle }, Seeded(1)).CommitMs(0.5)!.Value.ShouldBe(8, 1e-3);
    }

    [Fact]
    public void ContentionAborts()
    {
        double few = TrueTimeCommit.Run(Contended with { ZipfExponent = 0, Keys = 3000 }, Seeded(1)).AbortRate;
        double many = TrueTimeCommit.Run(Contended, Seeded(1)).AbortRate;
        few.ShouldBeLessThan(0.05);
        many.ShouldBeGreaterThan(0.3);
    }

    [Fact]
    public void NoCommitBeatsTheQuorum()
    {
        // Members of a group lie one to a region: the leader hears a second after a round trip of 80 ms and its write.
        double floor = ConsensusBounds.QuorumTime.Evaluate(new BoundArguments { { "latency", [[0, 40, 40], [40, 0, 40], [40, 40, 0]] }, { "quorum", 2 }, { "durable", 0.5 } }).Number!.Value;
        TrueTimeResult result = TrueTimeCommit.Run(Quiet with { Groups = 1, Regions = 3 }, Seeded(2));
        result.CommitLatenciesNs[0].ShouldBeGreaterThanOrEqualTo(floor * 1e6);
    }

    [Fact]
    public void OptionsThatCannotBeAreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => TrueTimeCommit.Run(Quiet with { KeysEach = 65 }, Seeded(0)));
        Should.Throw<ArgumentOutOfRangeException>(() => TrueTimeCommit.Run(Quiet with { Clocks = Clocks(-1) }, Seeded(0)));
        Should.Throw<ArgumentOutOfRangeException>(() => TrueTimeCommit.Run(Quiet with { ZipfExponent = double.NaN }, Seeded(0)));
    }

    [Fact]
    public void ARunThatIsCutOffSaysSoAndIsNotChecked()
    {
        TrueTimeResult result = TrueTimeCommit.Run(Contended with { UntilNs = 1_150_000_000, Timestamps = TimestampSource.LocalClock }, Seeded(0));
        result.IsWhole.ShouldBeFalse();
        result.Violation.ShouldBeNull();
    }

    internal static Seed Seeded(int at) => new Seed(2026).Named("truetime").At(at);

    internal static ClockSynchronisation Clocks(double residueMs) => new() { ResidueNs = (long)(residueMs * 1e6) };

    /// <summary>Few keys, many who want them, clocks off by up to 10 ms, regions near each other.</summary>
    internal static TrueTimeOptions Contended => new()
    {
        Clients = 12,
        Transactions = 25,
        Keys = 30,
        ZipfExponent = 1,
        SnapshotPercent = 40,
        Clocks = Clocks(10),
        FarNs = 500_000,
    };

    /// <summary>Hardly ever two that want the same.</summary>
    private static TrueTimeOptions Quiet => new() { Clients = 3, Transactions = 20, Keys = 30_000, Clocks = Clocks(1), FarNs = 40_000_000 };

    internal static void ShouldBeConsistent(TrueTimeOptions options, int seed)
    {
        TrueTimeResult result = TrueTimeCommit.Run(options, Seeded(seed));
        result.IsWhole.ShouldBeTrue();
        result.Violation.ShouldBeNull(result.Violation?.Reason);
        result.Reversed.ShouldBe(0);
        result.Transactions.Count.ShouldBe(options.Clients * options.Transactions);
    }
}
