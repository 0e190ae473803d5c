using Headroom.Consensus.Quorum.Torture;
using Headroom.Consensus.Torture;
using Xunit.Abstractions;

namespace Headroom.Consensus.Tests.Quorum.Torture;

public sealed class RegisterTortureTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void RegistersAreLinearizableAndOperationsEndOnceHealed(int servers)
    {
        var torture = new RegisterTorture(new RegisterTortureOptions { Servers = servers });
        RegisterTortureResult[] results = [.. Enumerable.Range(1, 60).Select(seed => torture.Run((ulong)seed))];
        output.WriteLine($"{servers} servers: {results.Sum(r => r.Answered)} answered, {results.Sum(r => r.OnePhaseReads)} reads in one phase, {results.Sum(r => r.Repeats)} repeats, "
            + $"{results.Sum(r => r.Restarts)} restarts, {results.Sum(r => r.Events)} events");
        results.SelectMany(result => result.Violations.Select(violation => $"{result.Seed}: {violation}")).ShouldBeEmpty();
        results.Sum(result => result.Answered).ShouldBeGreaterThan(20_000);
        results.Sum(result => result.Restarts).ShouldBeGreaterThan(500);
        results.Sum(result => result.Repeats).ShouldBeGreaterThan(5_000);
        results.Sum(result => result.OnePhaseReads).ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void EveryMutantIsNotLinearizable()
    {
        MutantFinding[] findings = RegisterMutantProof.Run(new RegisterTortureOptions(), 1, 60);
        foreach (MutantFinding finding in findings)
        {
            output.WriteLine($"{finding.Mutant}: {finding.Words}: {finding.Seeds} seeds, {string.Join(", ", finding.Violations)}");
        }

        findings.Where(finding => finding.Violations.All(violation => violation.Check != RegisterTorture.Linearizable || violation.What.Contains("budget", StringComparison.Ordinal)))
            .Select(finding => finding.Mutant).ShouldBeEmpty();
        findings.Length.ShouldBe(5);
    }

    [Fact]
    public void TheSameSeedIsTheSameRun()
    {
        var torture = new RegisterTorture(new RegisterTortureOptions());
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            torture.Run(seed).Digest.ShouldBe(torture.Run(seed).Digest);
        }
    }
}
