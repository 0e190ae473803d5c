using Headroom.Consensus.TrueTime;

namespace Headroom.Consensus.Tests.TrueTime;

/// <summary>The checker on histories written by hand.</summary>
public sealed class ExternalConsistencyTests
{
    [Fact]
    public void TimestampsInTheOrderOfRealTimeAreConsistent() =>
        ExternalConsistency.Check([Writer(1, 0, 10, 5, 0), Writer(2, 20, 30, 25, 1), Snapshot(3, 40, 50, 30, 2)]).ShouldBeNull();

    [Fact]
    public void AGreaterTimestampAnsweredEarlierIsFound()
    {
        // Different keys: values alone say nothing.
        TransactionRecord[] records = [Writer(1, 0, 10, 30, 0), Writer(2, 20, 30, 25, 0) with { Keys = [8] }];
        ConsistencyViolation violation = ExternalConsistency.Check(records).ShouldNotBeNull();
        (violation.Earlier, violation.Later, violation.IsRealTime).ShouldBe((1, 2, true));
        ExternalConsistency.CountReversed(records).ShouldBe(1);
    }

    [Fact]
    public void TheSameTimestampsAreFineWhereTheTwoOverlap() =>
        ExternalConsistency.Check([Writer(1, 0, 21, 30, 0), Writer(2, 20, 30, 25, 0) with { Keys = [8] }]).ShouldBeNull();

    [Fact]
    public void ALostUpdateIsFound()
    {
        ConsistencyViolation violation = ExternalConsistency.Check([Writer(1, 0, 10, 5, 0), Writer(2, 0, 10, 6, 0)]).ShouldNotBeNull();
        (violation.Earlier, violation.Later, violation.IsRealTime).ShouldBe((1, 2, false));
    }

    [Fact]
    public void ASnapshotThatMissesAWriterBelowItsTimestampIsFound() =>
        ExternalConsistency.Check([Writer(1, 0, 10, 5, 0), Snapshot(2, 0, 10, 5, 0)]).ShouldNotBeNull().IsRealTime.ShouldBeFalse();

    [Fact]
    public void ASnapshotBeforeAnAnsweredWriterIsFound() =>
        ExternalConsistency.Check([Writer(1, 0, 10, 5, 0), Snapshot(2, 11, 12, 4, 0)]).ShouldNotBeNull().IsRealTime.ShouldBeTrue();

    [Fact]
    public void ASnapshotThatGoesBackBehindWhatAnEarlierOneSawIsFound() =>
        ExternalConsistency.Check([Writer(1, 0, 100, 5, 0), Snapshot(2, 10, 20, 6, 1), Snapshot(3, 30, 40, 4, 0)]).ShouldNotBeNull().Earlier.ShouldBe(2);

    [Fact]
    public void TwoWritersOfAKeyAtOneTimestampAreFound() =>
        ExternalConsistency.Check([Writer(1, 0, 100, 5, 0), Writer(2, 0, 100, 5, 1)]).ShouldNotBeNull().Reason.ShouldContain("one timestamp");

    private static TransactionRecord Writer(long number, long begin, long end, long timestamp, long read) => new(number, begin, end, timestamp, false, [7], [read]);

    private static TransactionRecord Snapshot(long number, long begin, long end, long timestamp, long read) => new(number, begin, end, timestamp, true, [7], [read]);
}
