using Headroom.Consensus.Tests.TrueTime;
using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Protocols;

/// <summary>What the record of TrueTime commit says that a transaction costs, counted where nobody else wants the same keys.</summary>
public sealed class TransactionCostsTests
{
    private const int Transactions = 20;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(2, 5)]
    [InlineData(3, 5)]
    public void ACommitOverGroupsTakesItsMessages(int groups, int replicas)
    {
        Messages(groups, replicas, snapshotPercent: 0).ShouldBe((5 * groups) - 1 + (2 * ((2 * groups) - 1) * (replicas - 1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ASnapshotAsksEachGroupOnce(int groups) => Messages(groups, replicas: 3, snapshotPercent: 100).ShouldBe(2 * groups);

    /// <summary>Sweeps of the leaders meet some of the commits between the question and the oracle's answer.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(52)]
    public void AnOracleIsAskedOnceForACommit(ulong seed)
    {
        TrueTimeResult result = TrueTimeCommit.Run(new TrueTimeOptions
        {
            Clients = 10,
            Transactions = 40,
            Keys = 100_000,
            KeysApart = true,
            Timestamps = TimestampSource.Oracle,
            FarNs = 1_000_000,
            PeriodNs = 2_000_000_000,
            Clocks = new ClockSynchronisation { ResidueNs = 10_000_000, DriftPpmMax = 0 },
        }, new Seed(seed));
        result.Transactions.Count.ShouldBeGreaterThanOrEqualTo(399);
        result.Aborts.ShouldBe(0);
        result.Meter.Messages.ShouldBe(23 * result.Transactions.Count);
    }

    private static double Messages(int groups, int replicas, int snapshotPercent)
    {
        TrueTimeResult result = TrueTimeCommit.Run(new TrueTimeOptions
        {
            Clients = 1,
            Transactions = Transactions,
            Groups = groups,
            Replicas = replicas,
            Regions = replicas,
            Keys = 30_000,
            KeysEach = groups,
            KeysApart = true,
            SnapshotPercent = snapshotPercent,
            Clocks = TrueTimeCommitTests.Clocks(0),
            FarNs = 1_000_000,
        }, TrueTimeCommitTests.Seeded(0));
        result.IsWhole.ShouldBeTrue();
        return (double)result.Meter.Messages / Transactions;
    }
}
