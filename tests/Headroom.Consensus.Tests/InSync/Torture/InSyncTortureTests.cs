using Headroom.Consensus.InSync;
using Headroom.Consensus.InSync.Torture;
using Headroom.Consensus.Torture;
using Xunit.Abstractions;

namespace Headroom.Consensus.Tests.InSync.Torture;

public sealed class InSyncTortureTests(ITestOutputHelper output)
{
    private static InSyncTortureOptions Options => new();

    [Fact]
    public void FlushedRecordsSurviveAnyCrashes()
    {
        InSyncTortureResult[] results = Run(Options with { Flush = FlushPolicy.Each }, 60);
        results.SelectMany(result => result.Violations.Select(violation => $"{result.Seed}: {violation}")).ShouldBeEmpty();
        results.Sum(result => result.Lost).ShouldBe(0);
        results.ShouldAllBe(result => !result.LostAllCopies && result.UncleanElections == 0);
        results.Sum(result => result.Restarts).ShouldBeGreaterThan(500);
        results.Sum(result => result.Acknowledged).ShouldBeGreaterThan(20_000);
    }

    [Fact]
    public void UnflushedRecordsSurviveWhileOneReplicaInSyncKeepsItsMemory()
    {
        InSyncTortureResult[] results = Run(Options with { Flush = FlushPolicy.Never }, 80);
        results.SelectMany(result => result.Violations.Select(violation => $"{result.Seed}: {violation}")).ShouldBeEmpty();
        results.Where(result => !result.LostAllCopies).Sum(result => result.Lost).ShouldBe(0);
        results.Count(result => !result.LostAllCopies).ShouldBeGreaterThan(50);
        results.Count(result => !result.LostAllCopies && result.Restarts > 0).ShouldBeGreaterThan(20);
    }

    private InSyncTortureResult[] Run(InSyncTortureOptions options, int seeds)
    {
        var torture = new InSyncTorture(options);
        InSyncTortureResult[] results = [.. Enumerable.Range(1, seeds).Select(seed => torture.Run((ulong)seed))];
        output.WriteLine($"{options.Flush}, unclean {options.AllowsUnclean}: {seeds} seeds, {results.Sum(r => r.Acknowledged)} acknowledged, {results.Sum(r => r.Lost)} lost in {results.Count(r => r.Lost > 0)}, "
            + $"all copies lost in {results.Count(r => r.LostAllCopies)}, unclean in {results.Count(r => r.UncleanElections > 0)}, {results.Sum(r => r.Restarts)} restarts, {results.Sum(r => r.Decisions)} decisions, {results.Sum(r => r.Events)} events");
        return results;
    }

    /// <summary>By the check that is meant for it, after at most so many seeds; docs/insync.md says after how many.</summary>
    [Fact]
    public void EveryMutantIsCaught()
    {
        string[] checks =
        [
            InSyncChecks.SameBelowWatermark, InSyncChecks.NeverLost, InSyncChecks.EnoughCopies, InSyncChecks.EnoughCopies, InSyncChecks.NeverLost, InSyncChecks.AppendedOnce, InSyncChecks.NeverLost,
        ];
        MutantFinding[] findings = InSyncMutantProof.Run(Options, 1, 40);
        foreach (MutantFinding finding in findings)
        {
            output.WriteLine($"{finding.Mutant}: {finding.Words}: {finding.Seeds} seeds, {string.Join(", ", finding.Violations)}");
        }

        findings.Select((finding, i) => finding.Violations.Any(violation => violation.Check == checks[i])).ShouldAllBe(isCaught => isCaught);
        findings.Length.ShouldBe(checks.Length);
    }

    [Fact]
    public void UncleanElectionLosesAcknowledgedRecordsOnlyWhenOneHappened()
    {
        InSyncTortureResult[] results = Run(Options with { AllowsUnclean = true, Flush = FlushPolicy.Each }, 40);
        results.Where(result => result.UncleanElections == 0).ShouldAllBe(result => result.Holds && result.Lost == 0);
        results.Count(result => result.UncleanElections > 0 && result.Lost > 0).ShouldBeGreaterThan(0);
        results.Count(result => result.UncleanElections == 0).ShouldBeGreaterThan(2);
    }

    [Fact]
    public void RetriesWithoutSequencesRepeatRecords()
    {
        Run(Options with { IsIdempotent = false }, 12).Sum(result => result.Repeated).ShouldBeGreaterThan(0);
        Run(Options, 12).Sum(result => result.Repeated).ShouldBe(0);
    }

    [Fact]
    public void TheSameSeedIsTheSameRun()
    {
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            InSyncTortureResult first = new InSyncTorture(Options).Run(seed);
            InSyncTortureResult second = new InSyncTorture(Options).Run(seed);
            second.Digest.ShouldBe(first.Digest);
            second.Events.ShouldBe(first.Events);
        }
    }
}
