using Headroom.Audit.Report;
using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Studies.Store;

/// <summary>What docs/cases/photo-store.md states.</summary>
public sealed class PhotoStoreCaseTests
{
    private static readonly AuditResult Result = Auditor.Run(
        SystemFile.Load(Path.Combine(SharedData.RepositoryRoot(), "samples", "cases", "photo-store.yaml")),
        new AuditOptions { Seed = new Seed(1), Command = "test" });

    [Theory]
    [InlineData("RAID-6 makes 3 copies 3.6", ClaimVerdict.Reproduced)]
    [InlineData("Reed-Solomon (10,4) stores 1.4 bytes a byte in a cell", ClaimVerdict.Reproduced)]
    [InlineData("a cell survives four failures of racks or hosts", ClaimVerdict.Reproduced)]
    [InlineData("a rebuild reads ten blocks", ClaimVerdict.Reproduced)]
    [InlineData("the exclusive or makes 1.4 into 2.1", ClaimVerdict.Reproduced)]
    [InlineData("a second cell makes 1.4 into 2.8", ClaimVerdict.Reproduced)]
    [InlineData("less cannot survive a region", ClaimVerdict.Reproduced)]
    [InlineData("as durable as three copies", ClaimVerdict.Plausible)]
    public void EveryClaimOfTheStoryIsJudged(string text, ClaimVerdict verdict)
    {
        JudgedClaim judged = Result.Claims.Single(c => c.Claim.Text == text);
        judged.Verdict.ShouldBe(verdict, judged.Why);
    }

    [Fact]
    public void NoClaimIsLeftOutAndNothingIsViolated()
    {
        Result.Claims.Count().ShouldBe(8);
        Result.Violations.ShouldBeEmpty();
    }

    /// <summary>Hot data pay for seeks and are copied, warm data pay for bytes and are coded; together cheaper than any one code.</summary>
    [Fact]
    public void EachTemperatureHasItsCode()
    {
        ActivityResult cell = Cell;
        Finding serving = cell.Findings.Single(f => f.Metric.Name == "serving cost");
        serving.Best!.Strategy.ShouldBe("by temperature");
        serving.Best.Note.ShouldContain("new: replication(");
        serving.Best.Note.ShouldNotContain("warm: replication(");
        serving.Candidates.Where(c => c.MeetsGoals).Min(c => c.Value.Value).ShouldBe(serving.Best.Value.Value);
        LineExhibit drawn = cell.Exhibits.OfType<LineExhibit>().Single(e => e.Title == "Cost against temperature");
        drawn.Caption.ShouldContain("breaks even with");
        LineSeries now = drawn.Series.Single(series => series.Role == Role.Now);
        LineSeries coded = drawn.Series.First(series => series.Name.StartsWith("rs(", StringComparison.Ordinal));
        coded.Points[0].Y.ShouldBeLessThan(now.Points[0].Y / 2);
        coded.Points[^1].Y.ShouldBeGreaterThan(now.Points[^1].Y);
    }

    [Fact]
    public void ADegradedReadWaitsForTheSlowestOfItsNodes()
    {
        Finding read = Cell.Findings.Single(f => f.Metric.Name == "degraded read");
        double Of(string code) => read.Candidates.Single(c => c.Strategy == code).Value.Value;
        Of("replication(3)").ShouldBeLessThan(Of("lrc(10,2,2)"));
        Of("lrc(10,2,2)").ShouldBeLessThan(Of("rs(10,4)"));
        read.Candidates.Single(c => c.Strategy == "rs(10,4)").Note.ShouldContain("from 10");
    }

    [Fact]
    public void BothModelsAndTheContentionStandInTheNotes()
    {
        Cell.Notes.ShouldContain(note => note.Contains("the models agree", StringComparison.Ordinal));
        Cell.Notes.ShouldContain(note => note.Contains("the narrowest line alone", StringComparison.Ordinal));
    }

    private static ActivityResult Cell => Result.Activities.Single(a => a.Name == "one cell");
}
