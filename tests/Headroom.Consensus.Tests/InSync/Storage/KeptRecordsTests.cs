using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Storage;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Tests.InSync.Storage;

/// <summary>What is found on disks is what was written and not cut off again.</summary>
public sealed class KeptRecordsTests
{
    [Fact]
    public void ARecordCountsOnEveryDiskThatHasItOnceAndNotWhereItWasCutOff()
    {
        PartitionLog log = Log((7, 0), (8, 0), (7, 1));
        var kept = new KeptRecords();
        kept.Take(0, [PartitionRecords.Batches(0, log, 0, 3)]);
        kept.Take(1, [PartitionRecords.Batches(0, log, 0, 2), PartitionRecords.Batches(1, log, 2, 3), PartitionRecords.Truncation(2, 2)]);
        kept.Take(2, []);
        kept.Problem.ShouldBeNull();
        (kept.Copies(7, 0), kept.Copies(8, 0), kept.Copies(7, 1), kept.Copies(8, 1)).ShouldBe((2, 2, 1, 0));
    }

    [Fact]
    public void AMissingRecordIsSaidWithItsServer()
    {
        PartitionLog log = Log((7, 0), (7, 1));
        var kept = new KeptRecords();
        kept.Take(2, [PartitionRecords.Batches(1, log, 0, 1)]);
        kept.Problem.ShouldStartWith("server 2: record 0 is number 1 where 0 belongs");
    }

    [Fact]
    public void RecordsThatAreNoneOfAProducersAreNoMatter()
    {
        var log = new PartitionLog();
        log.Append(new RecordBatch(0, 3, 1, 0, 0, new byte[] { 200, 1, 2 }));
        var kept = new KeptRecords();
        kept.Take(0, [PartitionRecords.Batches(0, log, 0, 1)]);
        kept.Copies(1, 2).ShouldBe(0);
    }

    /// <summary>Batches of one record each.</summary>
    private static PartitionLog Log(params (int Producer, int Number)[] records)
    {
        var log = new PartitionLog();
        foreach ((int producer, int number) in records)
        {
            byte[] bytes = new byte[5];
            var writer = new VarintWriter(bytes);
            writer.Number(4);
            writer.Number(producer);
            writer.Number(number);
            log.Append(new RecordBatch(log.EndOffset, 1, 1, 0, 0, bytes));
        }

        return log;
    }
}
