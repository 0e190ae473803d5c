using Headroom.Consensus.Chain.Torture;
using Headroom.Consensus.Replication.Torture;
using Headroom.Consensus.Torture;
using Xunit.Abstractions;

namespace Headroom.Consensus.Tests.Chain.Torture;

/// <summary>A short torture; long ones are a command (docs/reliability.md).</summary>
public sealed class ChainTortureTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(3, true)]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void EverythingHoldsUnderRandomFaults(int servers, bool isDurable)
    {
        var torture = new ChainTorture(new ChainTortureOptions { Members = servers, IsDurable = isDurable, Seconds = 30, Operations = 500 });
        StoreTortureResult[] results = [.. Enumerable.Range(1, 20).Select(seed => torture.Run((ulong)seed))];
        output.WriteLine($"{servers} servers: {results.Sum(r => r.Operations)} operations, {results.Sum(r => r.Answered)} answered, {results.Sum(r => r.Leaders)} chains, {results.Sum(r => r.Starts)} starts, "
            + $"{results.Sum(r => r.Copied)} copied, {results.Sum(r => r.Applied)} applied, {results.Sum(r => r.Events)} events, all copies lost in {results.Count(r => r.LostAllCopies)}");
        results.SelectMany(result => result.Violations.Select(violation => $"seed {result.Seed}: {violation}")).ShouldBeEmpty();
        // What happened is what a torture is for.
        results.Sum(result => result.Leaders).ShouldBeGreaterThan(100);
        results.Sum(result => result.Copied).ShouldBeGreaterThan(50);
        results.Sum(result => result.Starts).ShouldBeGreaterThan(isDurable ? 500 : 100);
        results.Count(result => result.LostAllCopies).ShouldBeLessThan(isDurable ? 1 : 5);
        results.Sum(result => result.Answered).ShouldBeGreaterThan(results.Sum(result => result.Operations) * 9 / 10);
    }

    /// <summary>By the checks that are meant for it, after at most so many seeds; docs/chain.md says after how many.</summary>
    [Fact]
    public void EveryMutantIsCaught()
    {
        MutantFinding[] findings = ChainMutantProof.Run(new ChainTortureOptions { Members = 3 }, 1, 60);
        foreach (MutantFinding finding in findings)
        {
            output.WriteLine($"{finding.Mutant}: {finding.Words}: {finding.Seeds} seeds, {string.Join(", ", finding.Violations)}");
        }

        findings.Where(finding => !finding.Violations.Any(violation => violation.Check is StoreChecks.Agreement or StoreChecks.Linearizable)).Select(finding => finding.Mutant).ShouldBeEmpty();
        findings.Length.ShouldBe(9);
    }

    [Fact]
    public void TheSameSeedIsTheSameRun()
    {
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            StoreTortureResult first = new ChainTorture(new ChainTortureOptions()).Run(seed);
            StoreTortureResult second = new ChainTorture(new ChainTortureOptions()).Run(seed);
            (second.Digest, second.Events, second.Applied).ShouldBe((first.Digest, first.Events, first.Applied));
        }
    }
}
