using Headroom.Consensus.Paxos.Torture;
using Headroom.Consensus.Replication.Torture;
using Headroom.Consensus.Torture;
using Xunit.Abstractions;

namespace Headroom.Consensus.Tests.Paxos.Torture;

/// <summary>A short torture; long ones are a command (docs/reliability.md).</summary>
public sealed class PaxosTortureTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void EverythingHoldsUnderRandomFaults(int servers)
    {
        var torture = new PaxosTorture(new PaxosTortureOptions { Members = servers, Seconds = 30, Operations = 500 });
        StoreTortureResult[] results = [.. Enumerable.Range(1, 20).Select(seed => torture.Run((ulong)seed))];
        output.WriteLine($"{servers} servers: {results.Sum(r => r.Operations)} operations, {results.Sum(r => r.Answered)} answered, {results.Sum(r => r.Leaders)} leaders, {results.Sum(r => r.Starts)} starts, "
            + $"{results.Sum(r => r.Saved)} saved, {results.Sum(r => r.Copied)} copied, {results.Sum(r => r.Applied)} applied, {results.Sum(r => r.Events)} events");
        results.SelectMany(result => result.Violations.Select(violation => $"seed {result.Seed}: {violation}")).ShouldBeEmpty();
        // What happened is what a torture is for.
        results.Sum(result => result.Leaders).ShouldBeGreaterThan(100);
        results.Sum(result => result.Starts).ShouldBeGreaterThan(500);
        results.Sum(result => result.Copied).ShouldBeGreaterThan(5);
        results.Sum(result => result.Answered).ShouldBeGreaterThan(results.Sum(result => result.Operations) * 9 / 10);
    }

    /// <summary>By the checks that are meant for it, after at most so many seeds; docs/paxos.md says after how many.</summary>
    [Fact]
    public void EveryMutantIsCaught()
    {
        MutantFinding[] findings = PaxosMutantProof.Run(new PaxosTortureOptions(), 28, 40);
        foreach (MutantFinding finding in findings)
        {
            output.WriteLine($"{finding.Mutant}: {finding.Words}: {finding.Seeds} seeds, {string.Join(", ", finding.Violations)}");
        }

        findings.Where(finding => !finding.Violations.Any(violation => violation.Check is StoreChecks.Agreement or StoreChecks.Linearizable)).Select(finding => finding.Mutant).ShouldBeEmpty();
        findings.Length.ShouldBe(11);
    }

    [Fact]
    public void TheSameSeedIsTheSameRun()
    {
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            StoreTortureResult first = new PaxosTorture(new PaxosTortureOptions()).Run(seed);
            StoreTortureResult second = new PaxosTorture(new PaxosTortureOptions()).Run(seed);
            (second.Digest, second.Events, second.Applied).ShouldBe((first.Digest, first.Events, first.Applied));
        }
    }
}
