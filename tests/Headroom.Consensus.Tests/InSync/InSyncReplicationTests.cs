using Headroom.Consensus.InSync;
using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Consensus.InSync.Torture;

namespace Headroom.Consensus.Tests.InSync;

/// <summary>On links of 1 ms. Replica 0 leads first; the registrar's first word is there 2 ms after the start, fetches at 3 ms.</summary>
public sealed class InSyncReplicationTests
{
    private static InSyncOptions Options(int replicas) => new()
    {
        Replicas = replicas,
        MinInSync = Math.Min(2, replicas),
        FetchWaitNs = 500_000_000,
        LagNs = 1_000_000_000,
        RetryNs = 100_000_000,
        HeartbeatNs = 200_000_000,
        SessionNs = 900_000_000,
    };

    private static ProducerOptions Producer(int replicas, int records) => new()
    {
        Replicas = replicas,
        Records = records,
        PeriodNs = 20_000_000,
        StartNs = 100_000_000,
        RecordBytes = 100,
    };

    /// <summary>By hand: a batch costs a produce, an answer to each follower's waiting fetch, its next fetch (which acknowledges), and an acknowledgement: 2(n - 1) + 2.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void ABatchCostsAFetchAndAnAnswerEachFollower(int n)
    {
        var partition = new Partition(Options(n), "", null, Producer(n, 10));
        partition.Run(99);
        partition.Count(InSyncVerb.Fetch).ShouldBe(n - 1);
        partition.Count(InSyncVerb.FetchAnswer).ShouldBe(0);
        partition.Run(90 + (10 * 20));
        partition.Count(InSyncVerb.Produce).ShouldBe(10);
        partition.Count(InSyncVerb.ProduceAnswer).ShouldBe(10);
        partition.Count(InSyncVerb.FetchAnswer).ShouldBe(10 * (n - 1));
        partition.Count(InSyncVerb.Fetch).ShouldBe(11 * (n - 1));
        partition.Count(InSyncVerb.EpochQuestion).ShouldBe(0);
        partition.Producers[0].Acknowledged.ShouldBe(10);
    }

    [Theory]
    [InlineData(Acknowledgement.None, 100)]
    [InlineData(Acknowledgement.Leader, 102)]
    [InlineData(Acknowledgement.All, 104)]
    public void AcknowledgementsTakeZeroTwoOrFourDelays(Acknowledgement acks, long atMs)
    {
        var partition = new Partition(Options(3), "", null, Producer(3, 1) with { Acks = acks });
        partition.Run(200);
        partition.Producers[0].AcknowledgedNs.ShouldBe(atMs * 1_000_000);
        partition.Replicas.ShouldAllBe(replica => replica.Log.EndOffset == 1);
    }

    [Fact]
    public void FollowersLearnTheWatermarkWithTheNextAnswer()
    {
        var partition = new Partition(Options(3), "", null, Producer(3, 2) with { PeriodNs = 50_000_000 });
        partition.Run(104);
        partition.Replicas[0].Watermark.ShouldBe(1);
        partition.Run(149);
        partition.Replicas[1].Log.EndOffset.ShouldBe(1);
        partition.Replicas[1].Watermark.ShouldBe(0);
        partition.Run(190);
        partition.Replicas[0].Watermark.ShouldBe(2);
        partition.Replicas[1].Watermark.ShouldBe(1);
        // With nothing to send, the answer comes when the longest wait is over.
        partition.Run(152 + 505);
        partition.Replicas[1].Watermark.ShouldBe(2);
    }

    [Fact]
    public void RecordsShareABatchForAsLongAsTheyLinger()
    {
        var partition = new Partition(Options(3), "", null, Producer(3, 10) with { PeriodNs = 1_000_000, LingerNs = 50_000_000 });
        partition.Run(400);
        partition.Count(InSyncVerb.Produce).ShouldBe(1);
        partition.Replicas[2].Log.EndOffset.ShouldBe(10);
        var full = new Partition(Options(3), "", null, Producer(3, 10) with { PeriodNs = 1_000_000, LingerNs = 50_000_000, BatchBytes = 500 });
        full.Run(400);
        full.Count(InSyncVerb.Produce).ShouldBe(2);
    }

    [Fact]
    public void WhoLagsLeavesAndComesBackWhenItHasCaughtUp()
    {
        var partition = new Partition(Options(3), "at 150 ms cut 2 -> 0; at 3 s mend 2 -> 0", null, Producer(3, 200));
        partition.Run(160);
        partition.Producers[0].Acknowledged.ShouldBe(3);
        partition.Run(1100);
        // In sync, and silent: the watermark waits for it.
        partition.Registrar.State.InSync.ShouldBe(0b111U);
        partition.Replicas[0].Watermark.ShouldBe(3);
        partition.Run(2100);
        partition.Registrar.State.InSync.ShouldBe(0b011U);
        partition.Registrar.State.LeaderEpoch.ShouldBe(1);
        partition.Producers[0].Acknowledged.ShouldBeGreaterThan(30);
        partition.Run(6000);
        partition.Registrar.State.InSync.ShouldBe(0b111U);
        partition.Replicas[2].Log.EndOffset.ShouldBe(partition.Replicas[0].Log.EndOffset);
        partition.Registrar.State.Version.ShouldBe(3);
    }

    [Fact]
    public void BelowTheLeastNumberInSyncNothingIsTaken()
    {
        var partition = new Partition(Options(3), "at 150 ms crash 1; at 150 ms crash 2", null, Producer(3, 200));
        partition.Run(3000);
        partition.Registrar.State.InSync.ShouldBe(0b001U);
        long end = partition.Replicas[0].Log.EndOffset;
        int acknowledged = partition.Producers[0].Acknowledged;
        partition.Run(5000);
        partition.Replicas[0].Log.EndOffset.ShouldBe(end);
        partition.Producers[0].Acknowledged.ShouldBe(acknowledged);
        partition.Producers[0].Refused.ShouldBeGreaterThan(5);
        var leaderOnly = new Partition(Options(3), "at 150 ms crash 1; at 150 ms crash 2", null, Producer(3, 200) with { Acks = Acknowledgement.Leader });
        leaderOnly.Run(5000);
        leaderOnly.Producers[0].Acknowledged.ShouldBe(200);
    }

    /// <summary>
    /// [kip101], scenario 1: followers have the record and not yet the watermark that covers it. The leader fails; replica 1 leads, and fails before replica 2 has fetched from it. Cut to its
    /// watermark replica 2 would lead without the record, which was acknowledged; cut by epoch it has it.
    /// </summary>
    [Theory]
    [InlineData(InSyncMutant.None, 1)]
    [InlineData(InSyncMutant.TruncateToWatermark, 0)]
    public void ARecordAboveTheFollowersWatermarkSurvivesTwoLeaders(object mutant, long kept)
    {
        InSyncOptions options = Options(3) with { Mutant = (InSyncMutant)mutant, Flush = FlushPolicy.Each };
        var checks = new InSyncChecks(options);
        var partition = new Partition(options, "at 107 ms crash 0; at 107 ms cut 1 -> 2; at 1300 ms crash 1", checks, Producer(3, 1));
        partition.Run(106);
        partition.Producers[0].Acknowledged.ShouldBe(1);
        partition.Replicas[2].Watermark.ShouldBe(0);
        partition.Run(1250);
        partition.Registrar.State.ShouldBe(new PartitionState(2, 1, 2, 0b110));
        partition.Run(5000);
        partition.Registrar.State.Leader.ShouldBe(2);
        partition.Registrar.UncleanElections.ShouldBe(0);
        partition.Replicas[2].Log.EndOffset.ShouldBe(kept);
        checks.Violations.Select(violation => violation.Check).ShouldBe(kept == 1 ? [] : [InSyncChecks.NeverLost]);
    }

    /// <summary>
    /// [kip101], scenario 2: both replicas lose power, records unflushed on one. The one with the shorter log leads, takes another record at the same offset, and the other comes back
    /// with its own: without a look at epochs the logs differ for good.
    /// </summary>
    [Theory]
    [InlineData(InSyncMutant.None)]
    [InlineData(InSyncMutant.SkipEpochTruncation)]
    public void LogsThatPartedAreMadeOneByEpochs(object mutant)
    {
        InSyncOptions options = Options(2) with { Mutant = (InSyncMutant)mutant, MinInSync = 1, AllowsUnclean = true, Flush = FlushPolicy.Each };
        // Replica 1 never gets the second record; replica 0 leads alone, crashes with it; replica 1 leads and takes others; replica 0 returns.
        const string Faults = "at 110 ms cut 0 -> 1; at 110 ms cut 1 -> 0; at 130 ms crash 0; at 2 s heal; at 3 s restart 0";
        ProducerOptions producer = Producer(2, 60) with { Acks = Acknowledgement.Leader, PeriodNs = 25_000_000, TimeoutNs = 500_000_000, IsIdempotent = false, DeliveryNs = 500_000_000, RecordBytes = 20, BatchBytes = 1 };
        var checks = new InSyncChecks(options);
        var partition = new Partition(options, Faults, checks, producer);
        partition.Run(128);
        partition.Replicas[0].Log.EndOffset.ShouldBe(2);
        partition.Replicas[1].Log.EndOffset.ShouldBe(1);
        partition.Run(2900);
        partition.Registrar.State.Leader.ShouldBe(1);
        partition.Replicas[1].Log.EndOffset.ShouldBeGreaterThan(5);
        partition.Run(6000);
        partition.Replicas[0].Log.EndOffset.ShouldBe(partition.Replicas[1].Log.EndOffset);
        bool isSame = partition.Replicas[0].Log[1].Digest() == partition.Replicas[1].Log[1].Digest();
        isSame.ShouldBe((InSyncMutant)mutant == InSyncMutant.None);
    }

    /// <summary>Only replica 2 has all; while it is down a clean partition waits for it, an unclean one goes on without its records.</summary>
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void AnUncleanElectionLosesWhatOnlyTheDeadHave(bool isAllowed, int unclean)
    {
        InSyncOptions options = Options(3) with { AllowsUnclean = isAllowed, MinInSync = 1, Flush = FlushPolicy.Each };
        var checks = new InSyncChecks(options);
        var partition = new Partition(options, "at 50 ms crash 1; at 50 ms crash 2; at 1500 ms crash 0; at 1600 ms restart 1; at 6 s restart 0; at 6 s restart 2", checks, Producer(3, 50));
        partition.Run(1499);
        int acknowledged = partition.Producers[0].Acknowledged;
        acknowledged.ShouldBeGreaterThan(0);
        partition.Run(20_000);
        partition.Registrar.UncleanElections.ShouldBe(unclean);
        PartitionLog log = partition.Replicas[partition.Registrar.State.Leader].Log;
        (checks.Lost(log) > 0).ShouldBe(isAllowed);
    }

    /// <summary>All replicas lose power at once: what nobody flushed is gone although all had acknowledged it; what was flushed is there.</summary>
    [Theory]
    [InlineData(FlushPolicy.Never)]
    [InlineData(FlushPolicy.Each)]
    public void PowerLostEverywhereLosesWhatWasNotFlushed(FlushPolicy flush)
    {
        InSyncOptions options = Options(3) with { Flush = flush };
        var checks = new InSyncChecks(options);
        const string Faults = "at 300 ms crash 0; at 300 ms crash 1; at 300 ms crash 2; at 400 ms restart 0; at 400 ms restart 1; at 400 ms restart 2";
        var partition = new Partition(options, Faults, checks, Producer(3, 8));
        partition.Run(299);
        partition.Producers[0].Acknowledged.ShouldBe(8);
        partition.Run(5000);
        PartitionLog log = partition.Replicas[partition.Registrar.State.Leader].Log;
        checks.Lost(log).ShouldBe(flush == FlushPolicy.Never ? 8 : 0);
        checks.LostAllCopies.ShouldBe(flush == FlushPolicy.Never);
        checks.Violations.ShouldBeEmpty();
    }
}
