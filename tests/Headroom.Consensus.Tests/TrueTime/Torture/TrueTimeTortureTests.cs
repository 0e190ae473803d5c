using Headroom.Consensus.Torture;
using Headroom.Consensus.TrueTime;
using Headroom.Consensus.TrueTime.Torture;
using Headroom.Simulation.Faults;
using Xunit.Abstractions;

namespace Headroom.Consensus.Tests.TrueTime.Torture;

public sealed class TrueTimeTortureTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(3, 5)]
    public void TransactionsAreExternallyConsistentAndEndOnceHealed(int groups, int replicas)
    {
        var torture = new TrueTimeTorture(new TrueTimeTortureOptions { Groups = groups, Members = groups * replicas });
        TrueTimeTortureResult[] results = [.. Enumerable.Range(1, 40).Select(seed => torture.Run((ulong)seed))];
        output.WriteLine($"{groups} groups of {replicas}: {results.Sum(r => r.Committed)} committed, {results.Sum(r => r.Snapshots)} snapshots, {results.Sum(r => r.Aborts)} aborts, "
            + $"{results.Sum(r => r.Unheard)} unheard, {results.Sum(r => r.Elections)} elections, {results.Sum(r => r.TakenOver)} taken over, {results.Sum(r => r.Restarts)} restarts");
        results.SelectMany(result => result.Violations.Select(violation => $"{result.Seed}: {violation}")).ShouldBeEmpty();
        results.Sum(result => result.Committed).ShouldBeGreaterThan(3000);
        results.Sum(result => result.Snapshots).ShouldBeGreaterThan(3000);
        results.Sum(result => result.Restarts).ShouldBeGreaterThan(500);
        results.Sum(result => result.Elections).ShouldBeGreaterThan(groups * 80);
        if (groups > 1)
        {
            results.Sum(result => result.TakenOver).ShouldBeGreaterThan(50);
        }
    }

    [Fact]
    public void EveryMutantIsCaught()
    {
        MutantFinding[] findings = TrueTimeMutantProof.Run(new TrueTimeTortureOptions(), 1, 200);
        foreach (MutantFinding finding in findings)
        {
            output.WriteLine($"{finding.Mutant}: {finding.Words}: {finding.Seeds} seeds, {string.Join(", ", finding.Violations)}");
        }

        findings.Where(finding => !finding.IsCaught).Select(finding => finding.Mutant).ShouldBeEmpty();
        findings.Length.ShouldBe(Enum.GetValues<CommitMutant>().Length + 1);
    }

    [Fact]
    public void TheSameSeedIsTheSameRun()
    {
        var torture = new TrueTimeTorture(new TrueTimeTortureOptions());
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            torture.Run(seed).Digest.ShouldBe(torture.Run(seed).Digest);
        }
    }

    [Fact]
    public void WithoutFaultsHardlyAnybodyIsUnheard()
    {
        var torture = new TrueTimeTorture(new TrueTimeTortureOptions());
        TrueTimeTortureResult result = torture.Run(5, FaultPlan.None);
        result.Violations.ShouldBeEmpty();
        result.Restarts.ShouldBe(0);
        result.Unheard.ShouldBeLessThanOrEqualTo(8);
    }
}
