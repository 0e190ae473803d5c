using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Storage;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Tests.InSync.Storage;

public sealed class PartitionRecoveryTests
{
    private static byte[][] Records()
    {
        var log = new PartitionLog();
        for (int i = 0; i < 4; i++)
        {
            log.Append(new RecordBatch(i, 1, 1 + (i / 2), 5, i, new byte[] { 1, (byte)i }));
        }

        return
        [
            PartitionRecords.Start(0, 6),
            PartitionRecords.Batches(1, log, 0, 3),
            PartitionRecords.Truncation(2, 2),
            PartitionRecords.Batches(3, log, 2, 4),
        ];
    }

    private static PartitionRecovery Read(params byte[][] records)
    {
        var recovery = new PartitionRecovery();
        foreach (byte[] record in records)
        {
            recovery.Take(record);
        }

        return recovery;
    }

    [Fact]
    public void RecordsGiveTheLogBack()
    {
        PartitionRecovery recovery = Read(Records());
        recovery.Problem.ShouldBeNull();
        recovery.Incarnation.ShouldBe(6);
        recovery.Log.EndOffset.ShouldBe(4);
        recovery.Log[3].Records.ToArray().ShouldBe([1, 3]);
        recovery.Good.ShouldBe(4);
    }

    [Fact]
    public void ATornTailIsCutOffAndAMissingRecordIsAProblem()
    {
        byte[][] records = Records();
        for (int length = 0; length < records[3].Length; length++)
        {
            PartitionRecovery torn = Read(records[0], records[1], records[2], records[3][..length]);
            torn.Problem.ShouldBeNull();
            torn.Log.EndOffset.ShouldBe(2);
            torn.Good.ShouldBe(3);
        }

        Read(records[0], records[2], records[3]).Problem.ShouldNotBeNull();
        Read(records[0], records[1], records[3]).Problem.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(PartitionRecord.Start, new long[] { 7, 1 }, "it has no form")]
    [InlineData(PartitionRecord.Batches, new long[] { 1, 0, 1 }, "it has no form")]
    [InlineData(3, new long[] { 7 }, "there is no such kind")]
    public void ASealedRecordWithoutAFormIsRefused(byte kind, long[] rest, string problem)
    {
        VarintWriter writer = NumberedRecord.Begin(new byte[64], 0);
        writer.Byte(kind);
        writer.Numbers(rest);
        Read(NumberedRecord.Seal(writer).ToArray()).Problem.ShouldBe($"record 0: {problem}");
    }

    [Fact]
    public void EveryBitOfARecordCounts()
    {
        byte[][] records = Records();
        for (int bit = 0; bit < records[1].Length * 8; bit++)
        {
            byte[] damaged = [.. records[1]];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Read(records[0], damaged, records[2]).Problem.ShouldNotBeNull();
        }
    }
}
