using Headroom.Consensus.Torture;
using Headroom.Consensus.Watch;
using Headroom.Consensus.Watch.Torture;
using Headroom.Simulation.Faults;
using Xunit.Abstractions;

namespace Headroom.Consensus.Tests.Watch.Torture;

public sealed class WatchTortureTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(15)]
    public void WatchersAreToldOfAllInOrderAndAgreeWithTheStoreOnceHealed(int watchers)
    {
        var torture = new WatchTorture(new WatchTortureOptions { Watchers = watchers });
        WatchTortureResult[] results = [.. Enumerable.Range(1, 200).Select(seed => torture.Run((ulong)seed))];
        output.WriteLine($"{watchers} watchers: {results.Sum(r => r.Committed)} committed, {results.Sum(r => r.Told)} told, {results.Sum(r => r.Lists)} lists of {results.Sum(r => r.Pages)} pages, {results.Sum(r => r.Questions)} questions, "
            + $"{results.Sum(r => r.Refusals)} too old, {results.Sum(r => r.Unanswered)} kept waiting, {results.Sum(r => r.Restarts)} restarts, converged after {results.Max(r => r.ConvergedNs) / 1e6} ms at most, within {results.Max(r => r.ConvergedShare)} of what is allowed");
        results.SelectMany(result => result.Violations.Select(violation => $"{result.Seed}: {violation}")).ShouldBeEmpty();
        results.Sum(result => result.Committed).ShouldBeGreaterThan(40_000);
        results.Sum(result => result.Told).ShouldBeGreaterThan(results.Sum(result => result.Committed));
        results.Sum(result => result.Restarts).ShouldBeGreaterThan(10_000);
        results.Sum(result => result.Lists).ShouldBeGreaterThan(5_000);
        results.Sum(result => result.Pages).ShouldBeGreaterThan(results.Sum(result => result.Lists));
        results.Sum(result => result.Refusals).ShouldBeGreaterThan(watchers > 2 ? 1000 : 30);
        results.Sum(result => result.Unanswered).ShouldBeGreaterThan(watchers > 2 ? 100 : 0);
    }

    [Fact]
    public void EveryMutantIsCaught()
    {
        MutantFinding[] findings = WatchMutantProof.Run(new WatchTortureOptions(), 1, 500);
        foreach (MutantFinding finding in findings)
        {
            output.WriteLine($"{finding.Mutant}: {finding.Words}: {finding.Seeds} seeds, {string.Join(", ", finding.Violations)}");
        }

        findings.Where(finding => !finding.IsCaught).Select(finding => finding.Mutant).ShouldBeEmpty();
        findings.Length.ShouldBe(Enum.GetValues<WatchMutant>().Length - 1);
        // Every check has its mutant.
        string[] found = [.. findings.SelectMany(finding => finding.Violations).Select(violation => violation.Check).Distinct()];
        WatchTorture.Checks.Select(check => check.Name).Except(found).ShouldBeEmpty();
    }

    [Fact]
    public void TheSameSeedIsTheSameRun()
    {
        var torture = new WatchTorture(new WatchTortureOptions());
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            torture.Run(seed).Digest.ShouldBe(torture.Run(seed).Digest);
        }

        torture.Run(1).Digest.ShouldNotBe(torture.Run(2).Digest);
    }

    [Fact]
    public void WithoutFaultsAndLossNobodyLists()
    {
        var torture = new WatchTorture(new WatchTortureOptions());
        for (ulong seed = 1; seed <= 40; seed++)
        {
            WatchTortureResult result = torture.Run(seed, FaultPlan.None);
            result.Violations.ShouldBeEmpty();
            result.Restarts.ShouldBe(0);
            if (torture.Setting(seed).Contains("loss 0,", StringComparison.Ordinal))
            {
                result.Lists.ShouldBe(0, torture.Setting(seed));
            }

            result.Committed.ShouldBeGreaterThan(100);
        }
    }

    /// <summary>A store that crashes with updates under way: those that were not durable are none, those that were are told.</summary>
    [Fact]
    public void WhatTheStoreLosesInACrashWasToldToNobody()
    {
        var torture = new WatchTorture(new WatchTortureOptions());
        for (ulong seed = 1; seed <= 20; seed++)
        {
            string members = string.Join(',', Enumerable.Range(0, torture.Roles(seed).Names.Count));
            var plan = FaultPlan.Parse(string.Concat(Enumerable.Range(2, 8).Select(s => $"at {s} s crash 0; at {s}.3 s restart 0; ")) + $"at 15 s heal core {{{members}}}", torture.Roles(seed).Names.Count);
            WatchTortureResult result = torture.Run(seed, plan);
            result.Violations.ShouldBeEmpty();
            result.Restarts.ShouldBe(8);
            result.Committed.ShouldBeLessThan(torture.Run(seed, FaultPlan.None).Committed);
        }
    }
}
