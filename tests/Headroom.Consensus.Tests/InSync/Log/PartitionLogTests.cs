using Headroom.Consensus.InSync.Log;

namespace Headroom.Consensus.Tests.InSync.Log;

public sealed class PartitionLogTests
{
    private static PartitionLog Of(params (int Count, long Epoch)[] batches)
    {
        var log = new PartitionLog();
        foreach ((int count, long epoch) in batches)
        {
            log.Append(new RecordBatch(log.EndOffset, count, epoch, 0, 0, new byte[count]));
        }

        return log;
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 5)]
    [InlineData(2, 1, 5)]
    [InlineData(3, 3, 6)]
    [InlineData(4, 4, 10)]
    [InlineData(9, 4, 10)]
    public void AnEpochEndsWhereTheNextBegins(long asked, long found, long end) =>
        Of((2, 1), (3, 1), (1, 3), (4, 4)).EndOf(asked).ShouldBe((found, end));

    [Fact]
    public void TruncationDropsWholeBatches()
    {
        for (long offset = 0; offset <= 12; offset++)
        {
            PartitionLog log = Of((2, 1), (3, 1), (1, 3), (4, 4));
            log.Truncate(offset);
            log.EndOffset.ShouldBe(offset >= 10 ? 10 : offset >= 6 ? 6 : offset >= 5 ? 5 : offset >= 2 ? 2 : 0);
        }
    }

    [Fact]
    public void OnlyTheNextOffsetOfNoEarlierEpochIsTaken()
    {
        PartitionLog log = Of((2, 3));
        log.Takes(new RecordBatch(2, 1, 3, 0, 0, default)).ShouldBeTrue();
        log.Takes(new RecordBatch(3, 1, 3, 0, 0, default)).ShouldBeFalse();
        log.Takes(new RecordBatch(1, 1, 3, 0, 0, default)).ShouldBeFalse();
        log.Takes(new RecordBatch(2, 1, 2, 0, 0, default)).ShouldBeFalse();
        log.Takes(new RecordBatch(2, 0, 3, 0, 0, default)).ShouldBeFalse();
    }
}
