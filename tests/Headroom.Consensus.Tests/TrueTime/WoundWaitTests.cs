using Headroom.Consensus.TrueTime;

namespace Headroom.Consensus.Tests.TrueTime;

/// <summary>Locks by wound-wait: right, without a circle of waits, and nobody is passed over for ever.</summary>
public sealed class WoundWaitTests
{
    public static TheoryData<int> Seeds => TrueTimeCommitTests.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void EveryRunEndsAndIsExternallyConsistent(int seed) => TrueTimeCommitTests.ShouldBeConsistent(Contended, seed);

    [Theory]
    [InlineData(TimestampSource.Oracle)]
    [InlineData(TimestampSource.LocalClock)]
    public void ItServesEverySourceOfTimestamps(TimestampSource source)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            TrueTimeResult result = TrueTimeCommit.Run(Contended with { Timestamps = source }, TrueTimeCommitTests.Seeded(seed));
            result.IsWhole.ShouldBeTrue();
            (result.Violation?.IsRealTime ?? source == TimestampSource.LocalClock).ShouldBe(source == TimestampSource.LocalClock, result.Violation?.Reason);
        }
    }

    [Fact]
    public void WhereTheOlderDoNotWoundAllWaitInACircle() =>
        Enumerable.Range(0, 12).Any(seed => !TrueTimeCommit.Run(Contended with { Mutant = CommitMutant.WoundNobody }, TrueTimeCommitTests.Seeded(seed)).IsWhole).ShouldBeTrue();

    [Fact]
    public void NobodyIsPassedOverAgainAndAgain()
    {
        TrueTimeOptions hot = Contended with { Keys = 12, Groups = 6, KeysEach = 4, FarNs = 20_000_000, SnapshotPercent = 0, Transactions = 12 };
        TrueTimeResult[] wound = [.. Enumerable.Range(0, 3).Select(seed => TrueTimeCommit.Run(hot, TrueTimeCommitTests.Seeded(seed)))];
        wound.ShouldAllBe(result => result.IsWhole);
        wound.Sum(result => result.Aborts).ShouldBeGreaterThan(0, "somebody is wounded");
        // Only the older wound, and each of the eleven other clients has one transaction at a time.
        wound.Max(result => result.AttemptsMax).ShouldBeLessThanOrEqualTo(12);
        TrueTimeCommit.Run(hot with { Conflicts = ConflictRule.Optimistic }, TrueTimeCommitTests.Seeded(0)).AttemptsMax.ShouldBeGreaterThan(24);
    }

    [Fact]
    public void TheOlderTakesTheYoungerWaitsAndTheOldestIsNext()
    {
        var table = new LockTable(2, CommitMutant.None);
        var granted = new List<(int Key, LockAttempt Next)>();
        var (old, middle, young) = (new LockAttempt(11, 1, 1), new LockAttempt(22, 2, 2), new LockAttempt(33, 3, 3));
        table.Ask(0, middle, isPrepared: false, out _).ShouldBeTrue();
        table.Ask(0, young, isPrepared: false, out _).ShouldBeFalse();
        table.Ask(0, old, isPrepared: false, out LockAttempt wounded).ShouldBeTrue();
        wounded.ShouldBe(middle);
        (table.Holds(0, 11), table.Holds(0, 22)).ShouldBe((true, false));
        // Tried again, it waits with its age, which is before that of the one who waits longer.
        table.End(22, 2, granted);
        LockAttempt again = middle with { Number = 23 };
        table.Ask(0, again, isPrepared: false, out _).ShouldBeFalse();
        table.End(11, 1, granted);
        granted.ShouldBe([(0, again)]);
        // What is prepared is not taken; what is over gets nothing.
        table.Ask(0, new LockAttempt(41, 0, 4), isPrepared: true, out wounded).ShouldBeFalse();
        wounded.Number.ShouldBe(0);
        table.Ask(1, middle, isPrepared: false, out _).ShouldBeFalse();
        table.Holds(1, 22).ShouldBeFalse();
        granted.Clear();
        table.End(23, 2, granted);
        granted.Single().Next.Number.ShouldBe(41);
        table.End(41, 4, granted);
        granted[1].Next.ShouldBe(young);
    }

    [Fact]
    public void WithoutContentionItCostsNothingMore()
    {
        TrueTimeOptions options = new() { Clients = 1, Transactions = 20, Keys = 3000, Groups = 2, KeysApart = true, NearNs = 1_000_000, FarNs = 1_000_000, DurabilityNs = 0, Clocks = TrueTimeCommitTests.Clocks(0) };
        TrueTimeResult wound = TrueTimeCommit.Run(options with { Conflicts = ConflictRule.WoundWait }, TrueTimeCommitTests.Seeded(1));
        TrueTimeResult optimistic = TrueTimeCommit.Run(options, TrueTimeCommitTests.Seeded(1));
        wound.CommitLatenciesNs.ShouldBe(optimistic.CommitLatenciesNs);
        wound.Meter.Messages.ShouldBe(optimistic.Meter.Messages);
        wound.Meter.Participants.Mean.ShouldBe(2);
    }

    private static TrueTimeOptions Contended => TrueTimeCommitTests.Contended with { Conflicts = ConflictRule.WoundWait };
}
