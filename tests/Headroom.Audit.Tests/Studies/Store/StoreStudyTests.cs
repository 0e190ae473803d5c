using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Audit.Systems;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests.Studies.Store;

public sealed class StoreStudyTests
{
    private const string Photos = """
        data: 800 TB
        nodes: { count: 400, mttf: 3 y, bandwidth: 50 MB/s, detect: 10 min }
        goal: { survive: 2 failures, yearly loss: 1e-9 }
        now: replication(3)
        """;

    [Fact]
    public void CopiesAreComparedWithCodesAndWithTheFloors()
    {
        ActivityResult result = Run(Photos);
        Finding stored = result.Headline;
        stored.Metric.Name.ShouldBe("stored");
        stored.Now.Value.Value.ShouldBe(3);
        stored.Best!.Value.Value.ShouldBeInRange(1.05, 1.4);
        stored.Best.MeetsGoals.ShouldBeTrue();
        stored.Verdict.ShouldBe(Verdict.Open);
        stored.Limit!.Value.Number!.Value.ShouldBeInRange(1.005, 1.02);

        // 800 TB x 3 x 21 $/TB/month x 12 months, and the egress of 133 nodes of 6 TB a year read once.
        stored.Now.MoneyPerYear!.Value.ShouldBe((800 * 3 * 21 * 12) + (2400e3 / 3 * 0.02), 1);
        stored.MoneyToBest!.Value.ShouldBeGreaterThan(0);
        result.Findings.Select(f => f.Metric.Name).ShouldBe(["stored", "repair reads", "yearly loss", "small write", "repair traffic"]);
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        result.Findings[1].Now.Value.Value.ShouldBe(1);
        result.Findings[1].Headroom.ShouldBe(0, "copies are read once");
        result.Exhibits.OfType<ScatterExhibit>().First().Points.Count.ShouldBeGreaterThan(50);
        result.Notes.ShouldContain(note => note.StartsWith("repair traffic is charged", StringComparison.Ordinal));
    }

    /// <summary>Spread and in groups: codes that are shown were simulated too, but those whose trials are too dear, which a note names; the chain lies in the interval of each.</summary>
    [Theory]
    [InlineData("spread")]
    [InlineData("groups")]
    public void CodesShownAreSimulatedAndTheModelsAgree(string placement)
    {
        ActivityResult result = Run(Photos + $"\nplacement: {placement}");
        Finding loss = result.Findings[2];
        loss.Candidates.Count.ShouldBeGreaterThan(8);
        string summary = result.Notes.Single(note => note.StartsWith("rare losses were simulated for", StringComparison.Ordinal));
        summary.ShouldEndWith("; the chain lies in the interval of each (95 % for all together)");
        int simulated = loss.Candidates.Count(candidate => candidate.Note.Contains("the models agree", StringComparison.Ordinal));
        summary.ShouldStartWith($"rare losses were simulated for {simulated} of the {loss.Candidates.Count} codes shown");
        simulated.ShouldBeGreaterThanOrEqualTo(loss.Candidates.Count * 2 / 3);
        (simulated == loss.Candidates.Count || result.Notes.Any(note => note.Contains("the work set aside does not do", StringComparison.Ordinal))).ShouldBeTrue();
    }

    /// <summary>Codes are written with words, and reported by names that can be written.</summary>
    [Fact]
    public void VariantsAreWrittenInWordsAndReportedByNamesThatReadBack()
    {
        const string Words = "lrc(8,4,3,layout=ceph)\ncandidates: [ \"rs(10,4,matrix=isa-vandermonde)\", \"rs(10, 4, matrix=isa-cauchy)\", \"rs(8,3,wide)\" ]\nwidth: 20";
        ActivityResult result = Run(Photos.Replace("replication(3)", Words, StringComparison.Ordinal));
        string[] names = [.. result.Headline.Candidates.Select(candidate => candidate.Strategy)];
        result.Headline.Now.Strategy.ShouldBe("lrc(8,4,3,ceph)");
        new[] { "lrc(8,4,3,ceph)", "rs(10,4,isa-vandermonde)", "rs(10,4)", "rs(8,3,wide)" }.ShouldBeSubsetOf(names);
        ActivityResult again = Run(Photos.Replace("replication(3)", "lrc(8,4,3,ceph)\ncandidates: [ \"rs(10,4,isa-vandermonde)\", \"rs(10,4)\", \"rs(8,3,wide)\" ]\nwidth: 20", StringComparison.Ordinal));
        Json(again).ShouldBe(Json(result));
    }

    [Theory]
    [InlineData("rs(10,4,matrix=isa-cuchy)", "did you mean isa-cauchy?")]
    [InlineData("lrc(8,4,3,layout=azur)", "layout = azure|ceph")]
    [InlineData("lrc(8,4,5,ceph)", "do not make groups of l = 5")]
    [InlineData("rs(10,4,vandermonde,wide)", "the wide field has one matrix")]
    [InlineData("clay(10,4,matrix=cauchy)", "helpers")]
    public void AWrongWordIsRefusedWithItsPlace(string code, string says)
    {
        InputException e = Should.Throw<InputException>(() => Run(Photos.Replace("replication(3)", code, StringComparison.Ordinal)));
        e.Problem.ShouldContain(says);
        e.Mark.Line.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void TheSameSeedGivesTheSameFindings() => Json(Run(Photos)).ShouldBe(Json(Run(Photos)));

    [Fact]
    public void WithReedSolomonTodayTheCutSetBoundSpeaksOfItAndNotOfLocalCodes()
    {
        ActivityResult result = Run(Photos.Replace("replication(3)", "rs(8,2)\ncandidates: [ \"lrc(8,2,2)\" ]", StringComparison.Ordinal));
        Finding reads = result.Findings[1];
        reads.Limit!.Id.ShouldBe("coding.cut-set-repair");
        reads.Limit.Value.ShouldBe(BoundValue.Of(4.5));
        reads.Now.Value.Value.ShouldBe(8);
        reads.Candidates.Single(c => c.Strategy == "lrc(8,2,2)").OutsideRegime!.ShouldContain("not any k");
    }

    [Fact]
    public void WithoutAGoalSavingIsNotBoughtWithDurability()
    {
        ActivityResult result = Run(Photos.Replace("goal: { survive: 2 failures, yearly loss: 1e-9 }", "placement: spread", StringComparison.Ordinal));
        Finding loss = result.Findings[2];
        double today = loss.Now.Value.Value;
        loss.Now.MeetsGoals.ShouldBeTrue();
        result.Headline.Best!.Value.Value.ShouldBeLessThan(3);
        loss.Candidates.Where(c => c.MeetsGoals).ShouldAllBe(c => c.Value.Value <= today);
        loss.Candidates.ShouldContain(c => c.Value.Value > today, "so the rule excludes something");
    }

    [Fact]
    public void AWishForCheapRepairIsAGoal()
    {
        ActivityResult result = Run(Photos.Replace("yearly loss: 1e-9", "yearly loss: 1e-9, repair reads: 9", StringComparison.Ordinal));
        string best = result.Headline.Best!.Strategy;
        result.Findings[1].Candidates.Single(c => c.Strategy == best).Value.Value.ShouldBeLessThanOrEqualTo(9);
        result.Headline.Candidates.Single(c => c.Strategy == "rs(10,4)").MissedGoals.ShouldContain(m => m.Contains("reads 10", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("survive: 2 failures", "survive: 400 failures", "at most 399 can be survived", 9)]
    [InlineData("survive: 2 failures", "survive: 300 failures", "no stripe of at most 256 shards survives 300", 9)]
    [InlineData("now: replication(3)", "now: rs(10,4)\nwidth: 500", "'width'", 11)]
    [InlineData("count: 400", "count: 2", "spreads a stripe over 3 nodes; there are 2", 10)]
    [InlineData("now: replication(3)", "now: lrc(10,3,2)", "do not make 3 equal groups", 10)]
    [InlineData("now: replication(3)", "now: rs(250,10)", "room for 256", 10)]
    [InlineData("now: replication(3)", "now: replicaton(3)", "did you mean replication?", 10)]
    [InlineData("yearly loss: 1e-9", "yearly loss: 0", "no code promises exactly none", 9)]
    [InlineData("yearly loss: 1e-9", "yearly loss: 120 %", "a share between", 9)]
    [InlineData("mttf: 3 y", "mttf: 3 TB", "'mttf' is time", 8)]
    [InlineData("now: replication(3)", "now: replication(3)\nobject: 4 MB\nshard: 1 MB", "exclude each other", 11)]
    [InlineData("now: replication(3)", "now: replication(3)\nrepairs: [ { strategy: \"rs(2,1)\", time: 1 h }, { strategy: \"rs(2,1)\", time: 2 h } ]", "stated twice", 11)]
    [InlineData("now: replication(3)", "now: replication(3)\nsample: nowhere.bin", "no file nowhere.bin", 11)]
    public void WhatCannotBeAskedForIsAnErrorWithItsPlace(string written, string instead, string says, int line)
    {
        var e = Should.Throw<InputException>(() => Run(Photos.Replace(written, instead, StringComparison.Ordinal)));
        e.Message.ShouldContain(says);
        e.Mark.Line.ShouldBe(line);
        e.Mark.Column.ShouldBeGreaterThan(4);
    }

    [Theory]
    [InlineData("least stored", "3", null, ClaimVerdict.Refuted, "meets every goal at")]
    [InlineData("stored", "3", null, ClaimVerdict.Reproduced, "")]
    [InlineData("stored", "1.25", "rs(8,2)", ClaimVerdict.Reproduced, "")]
    [InlineData("repair reads", "0.8", "rs(8,2)", ClaimVerdict.Refuted, "floor of 4.5")]
    [InlineData("repair reads", "8", "rs(8,2)", ClaimVerdict.Reproduced, "counted")]
    [InlineData("repair reads", "5", "rs(8,2)", ClaimVerdict.Undecided, "regenerating")]
    [InlineData("failures survived", "2", "rs(8,2)", ClaimVerdict.Reproduced, "wherever they fell")]
    [InlineData("failures survived", "3", "rs(8,2)", ClaimVerdict.Refuted, "coding.singleton")]
    [InlineData("failures survived", "4", "lrc(12,2,2)", ClaimVerdict.Refuted, "its distance is 4")]
    [InlineData("loss ratio", "1", "rs(8,2)", ClaimVerdict.Refuted, "120 sets of 3 shards")]
    [InlineData("saving", "900000 $/y", "rs(8,2)", ClaimVerdict.Refuted, "at the stated prices")]
    [InlineData("repair time", "1 s", "rs(8,2)", ClaimVerdict.Refuted, "coding.repair-time")]
    [InlineData("saving", "1 $/y", "rs(250,2)", ClaimVerdict.Undecided, "not among")]
    [InlineData("saving", "1 $/y", "replication(5)", ClaimVerdict.Refuted, "that is nothing")]
    [InlineData("repair reads", "0.8", "rs(100,50)", ClaimVerdict.Refuted, "floor of 1 of any code")]
    [InlineData("yearly loss", "1e-30", "rs(100,50)", ClaimVerdict.Undecided, "not among")]
    [InlineData("yearly loss", "1e-20", "rs(2,6)", ClaimVerdict.Undecided, "not among")]
    [InlineData("repair time", "125.1 s", "rs(8,2)", ClaimVerdict.Undecided, "the floor is")]
    public void ClaimsAreJudgedByTheirOwnStrategy(string metric, string value, string? strategy, ClaimVerdict verdict, string why)
    {
        string claim = $"claims: [ {{ metric: {metric}, value: {value}, by: a talk{(strategy is null ? "" : $", strategy: \"{strategy}\"")} }} ]";
        JudgedClaim judged = Run($"{Photos}\ncandidates: [ \"rs(8,2)\" ]\n{claim}").Claims.Single();
        judged.Verdict.ShouldBe(verdict, judged.Why);
        judged.Why.ShouldContain(why);
    }

    /// <summary>The floor of rs(8,2), 4.5, is not that of local codes with groups of three.</summary>
    [Fact]
    public void TheFloorOfTodaysShapeRefutesNoOtherCode()
    {
        string claim = "claims: [ { metric: repair reads, value: 4.2, by: a paper, strategy: \"lrc(15,5,3)\" } ]";
        JudgedClaim judged = Run($"{Photos.Replace("replication(3)", "rs(8,2)", StringComparison.Ordinal)}\n{claim}").Claims.Single();
        judged.Verdict.ShouldBe(ClaimVerdict.Undecided, judged.Why);
    }

    [Fact]
    public void ACodeWiderThanAllowedMissesThatGoalAndCrossesNoFloor()
    {
        string claim = "claims: [ { metric: stored, value: 1.1, by: a table, strategy: \"rs(20,2)\" } ]";
        ActivityResult result = Run($"{Photos.Replace(", yearly loss: 1e-9", "", StringComparison.Ordinal)}\nwidth: 10\ncandidates: [ \"rs(20,2)\" ]\n{claim}");
        Candidate wide = result.Headline.Candidates.Single(c => c.Strategy == "rs(20,2)");
        wide.MissedGoals.ShouldBe(["spans 22 nodes, above the width of 10"]);
        wide.OutsideRegime.ShouldNotBeNull();
        result.Headline.Best!.Value.Value.ShouldBe(1.25, "eight of ten, as rs(8,2) and clay(8,2)");
        result.Headline.Verdict.ShouldNotBe(Verdict.Violated, result.Headline.VerdictReason);
        result.Claims.Single().Verdict.ShouldBe(ClaimVerdict.Reproduced, result.Claims.Single().Why);
    }

    [Fact]
    public void WhatMissesAGoalMayLieBelowTheFloorOfThatGoal()
    {
        string claim = "claims: [ { metric: stored, value: 1.05, by: a table, strategy: \"rs(20,1)\" }, { metric: stored, value: 1.05, by: a table, strategy: \"rs(8,2)\" } ]";
        ActivityResult result = Run($"{Photos.Replace(", yearly loss: 1e-9", "", StringComparison.Ordinal)}\nwidth: 24\ncandidates: [ \"rs(20,1)\", \"rs(8,2)\" ]\n{claim}");
        result.Claims.Select(c => c.Verdict).ShouldBe([ClaimVerdict.Reproduced, ClaimVerdict.Refuted], result.Claims[0].Why);
    }

    /// <summary>On equal hardware the loss is 400 times today's: fatal sets refute up to 15, the rest is the model's word.</summary>
    [Theory]
    [InlineData(14, ClaimVerdict.Refuted)]
    [InlineData(100, ClaimVerdict.Undecided)]
    public void FatalSetsRefuteOnlyWhatTheyExclude(int times, ClaimVerdict verdict)
    {
        string claim = $"claims: [ {{ metric: loss ratio, value: {times}, by: a story, strategy: \"rs(8,2)\" }} ]";
        JudgedClaim judged = Run($$"""
            data: 1 PB
            nodes: { count: 10000, mttf: 200 y, bandwidth: 33.34 MB/s, detect: 0 s }
            placement: groups
            goal: { survive: 2 failures }
            now: replication(3)
            candidates: [ "rs(8,2)" ]
            {{claim}}
            """).Claims.Single();
        judged.Verdict.ShouldBe(verdict, judged.Why);
    }

    /// <summary>Whatever the system, no candidate crosses a bound: the project's strongest rule.</summary>
    [Fact]
    public void NoRandomSystemHasAViolation()
    {
        RandomStream random = new Seed(9).Named("stores").Stream();
        string[] codes = ["replication(1)", "replication(2)", "replication(4)", "rs(1,1)", "rs(4,2)", "rs(5,0)", "rs(9,3)", "lrc(4,2,1)", "lrc(6,3,0)", "lrc(8,2,2)"];
        for (int trial = 0; trial < 12; trial++)
        {
            string goal = random.Below(3) switch { 0 => "", 1 => $"goal: {{ survive: {random.Below(4)} }}", _ => $"goal: {{ yearly loss: 1e-{1 + random.Below(12)} }}" };
            ActivityResult result = Run($$"""
                data: {{1 + random.Below(2000)}} TB
                nodes: { count: {{12 + random.Below(300)}}, mttf: {{1 + random.Below(2000)}} day, bandwidth: {{1 + random.Below(200)}} MB/s, detect: {{random.Below(600)}} min }
                now: {{codes[random.Below(codes.Length)]}}
                placement: {{(random.Below(2) == 0 ? "spread" : "groups")}}
                write: {{1 + random.Below(1000)}} kB
                {{(random.Below(2) == 0 ? "width: 12" : "shard: 1 MB")}}
                {{goal}}
                """);
            foreach (Finding finding in result.Findings)
            {
                finding.Verdict.ShouldNotBe(Verdict.Violated, $"{finding.Id}: {finding.VerdictReason}");
            }
        }
    }

    private static ActivityResult Run(string activity)
    {
        string indented = string.Join('\n', activity.ReplaceLineEndings("\n").Split('\n').Select(line => "    " + line));
        string text = "headroom: 1\nname: Test\nprices: { egress: 0.02 $/GB, storage: 21 $/TB/month }\nactivities:\n  - name: photos\n    kind: store\n" + indented + "\n";
        var system = SystemFile.Parse(text, "test.yaml", Path.GetTempPath());
        return Auditor.Run(system, new AuditOptions { Seed = new Seed(1), Command = "test" }).Activities.Single();
    }

    private static string Json(ActivityResult result) => string.Join('\n', result.Findings.SelectMany(f => f.Candidates.Select(c => $"{f.Id} {c.Strategy} {c.Value.Value:R} {c.MoneyPerYear:R}")));
}
