using System.Text.Json;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests.Comparisons;

/// <summary>Everything that links and faults can do, asked for in a comparison: it happens, formulas step aside, and no floor is crossed.</summary>
public sealed class BroadcastFaultsTests : IDisposable
{
    private static readonly BroadcastGridText Quiet = new() { Protocols = "tree(4)", Members = "60", Latency = "10ms", Bandwidth = "10M" };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AWrittenPlanStrikesSinceTheRequest()
    {
        // The root's first child and its children hear nothing any more: 1 + 4 + 16 of 59.
        ComparisonResult cut = Comparing.Broadcasts(Quiet with { Faults = "at 0 s cut 0 -> 1" });
        ComparisonResult whole = Comparing.Broadcasts(Quiet);
        cut.Mean("delivered").ShouldBe(1 - (Below(1) / 59.0), 1e-9);
        whole.Mean("delivered").ShouldBe(1);
        Comparing.Broadcasts(Quiet with { Faults = "at 1 s cut 0 -> 1" }).Mean("delivered").ShouldBe(1);
        // A crash later on takes a member away from those that count, with what it had.
        ComparisonResult crash = Comparing.Broadcasts(Quiet with { Faults = "at 1 s crash {50-59}" });
        crash.Mean("delivered").ShouldBe(1);
        crash.Mean("payloads").ShouldBe(59);
        crash.Rows.Single(r => r.Metric == "payloads").Floor.Value.ShouldBe(49);
    }

    [Fact]
    public void AFileSaysTheSameAsItsStatements()
    {
        string plan = _folder.PathOf("plan.txt");
        File.WriteAllText(plan, "# one link\nat 0 s cut 0 -> 1\nfrom 0 s to 10 s slow {2-4} by 1 ms\n");
        ComparisonResult file = Comparing.Broadcasts(Quiet with { Faults = plan });
        ComparisonResult text = Comparing.Broadcasts(Quiet with { Faults = "at 0 s cut 0 -> 1; from 0 s to 10 s slow {2-4} by 1 ms" });
        file.Rows.Select(r => r.Measured).ShouldBe(text.Rows.Select(r => r.Measured));
        BroadcastGridReader.Read(Quiet with { Faults = plan }, new Seed(1)).Inputs.ShouldBe([plan]);
        file.Cells.Single().Coordinates.Single(c => c.Axis == "faults").Text.ShouldBe("plan.txt");
    }

    [Theory]
    [InlineData("faults")]
    [InlineData("bursts")]
    [InlineData("duplication")]
    [InlineData("reordering")]
    [InlineData("queue")]
    public void TheoryAndClosedFormsStepAsideWhereTheyDoNotHold(string what)
    {
        BroadcastGridText text = what switch
        {
            "faults" => Quiet with { Faults = "at 0 s cut 0 -> 1" },
            "bursts" => Quiet with { Loss = "1% in bursts of 4" },
            "duplication" => Quiet with { Duplication = "1%" },
            "reordering" => Quiet with { Reordering = "1% by 20ms" },
            _ => Quiet with { Queue = "4kB" },
        };
        Comparing.Broadcasts(Quiet, runsExact: false).Rows.ShouldAllBe(row => row.Method == Method.ClosedForm);
        ComparisonResult result = Comparing.Broadcasts(text, runsExact: false);
        result.Rows.Where(row => row.Metric != "rounds").ShouldAllBe(row => row.Method == Method.Simulated && row.Theory == null);
        ComparisonRow rounds = result.Rows.Single(row => row.Metric == "rounds");
        rounds.Method.ShouldBe(what == "faults" ? Method.NotRun : Method.Simulated);
        rounds.Floor.Reason.Contains("faults strike at moments", StringComparison.Ordinal).ShouldBe(what == "faults");
        result.Notes.ShouldContain(note => note.StartsWith("Theory and closed forms step aside in 1 of 1 settings", StringComparison.Ordinal));
        result.Violations.ShouldBeEmpty();
    }

    [Fact]
    public void WhatLinksDoShowsInWhatIsMeasured()
    {
        double quiet = Comparing.Broadcasts(Quiet).Mean("latency");
        Comparing.Broadcasts(Quiet with { Reordering = "50% by 100ms" }).Mean("latency").ShouldBeGreaterThan(quiet + 0.1);
        // A line that holds one copy of 1056 bytes and a half drops the second of four.
        Comparing.Broadcasts(Quiet with { Queue = "1500" + "B" }).Mean("delivered").ShouldBeLessThan(0.1);
        // Of two members' links half are good at first; what is lost is as much as without bursts.
        Comparing.Broadcasts(Quiet with { Protocols = "flooding", Members = "40", Loss = "50% in bursts of 4" }, trials: 20).Mean("delivered").ShouldBe(1, 0.01);
        Comparing.Broadcasts(Quiet with { Protocols = "tree(59)", Loss = "30% in bursts of 5" }, trials: 60).Mean("delivered").ShouldBe(0.7, 0.03);
        // The first of 59 equal jitters is as wide as its shape lets it be.
        double uniform = Comparing.Broadcasts(Quiet with { Protocols = "tree(59)", Jitter = "uniform 100ms" }, trials: 40).Mean("latency");
        double heavy = Comparing.Broadcasts(Quiet with { Protocols = "tree(59)", Jitter = "lognormal 100ms 2" }, trials: 40).Mean("latency");
        uniform.ShouldBeInRange(0.2, 0.27);
        heavy.ShouldBeGreaterThan(0.5);
        Comparing.Broadcasts(Quiet with { Protocols = "plumtree(5)", Duplication = "50%" }).Mean("messages").ShouldBeGreaterThan(Comparing.Broadcasts(Quiet with { Protocols = "plumtree(5)" }).Mean("messages"));
    }

    [Fact]
    public void ASwarmIsDrawnAnewForEachRunAndTheSameAgain()
    {
        BroadcastGridText swarm = Quiet with { Protocols = "push(6),plumtree(5)", Faults = "swarm 500ms", Loss = "1%" };
        byte[] one = ComparisonJson.Write(Comparing.Broadcasts(swarm, trials: 8));
        ComparisonJson.Write(Comparing.Broadcasts(swarm, trials: 8, threads: 3)).ShouldBe(one);
        ComparisonJson.Write(Comparing.Broadcasts(swarm, trials: 8, seed: 2)).ShouldNotBe(one);
        ComparisonResult other = Comparing.Broadcasts(swarm with { Faults = "swarm 600ms" }, trials: 8);
        other.Cells.First().Row("payloads")!.Measured.ShouldNotBe(Comparing.Broadcasts(swarm, trials: 8).Cells.First().Row("payloads")!.Measured);
        // Some runs leave nobody out, some do: plans differ.
        Comparing.Broadcasts(swarm with { Protocols = "plumtree(5)" }, trials: 30).Cells.Single().FurtherOf("successRate")!.Value.ShouldBeInRange(0.05, 0.99);
    }

    [Fact]
    public void NoFloorIsCrossedUnderAnythingThatCanBeAsked()
    {
        string matrix = _folder.PathOf("regions.csv");
        File.WriteAllText(matrix, "from,eu,us,asia\neu,1 ms,40 ms,120 ms\nus,,1 ms,90 ms\nasia,,,1 ms\n");
        foreach (BroadcastGridText text in new[]
        {
            new BroadcastGridText { Faults = "swarm", Loss = "2%,5% in bursts of 4" },
            new BroadcastGridText { Latency = $"file:{matrix}", Jitter = "lognormal 5ms 1", Duplication = "3%", InOrder = true },
            new BroadcastGridText { Reordering = "5% by 30ms", Queue = "20kB", Bandwidth = "10M", Failures = "10%" },
            new BroadcastGridText { Faults = "at 0 s crash 0; at 5 ms join 7; from 0 s to 100 ms loss 50 %; at 200 ms heal core {1-20}", Loss = "10%" },
        })
        {
            ComparisonResult result = Comparing.Broadcasts(text with { Protocols = "all,causal+push(4),batch(3 ms)+plumtree(5)", Members = "24" }, trials: 6);
            result.Violations.ShouldBeEmpty();
            result.Cells.Count().ShouldBeGreaterThan(20);
            result.Rows.Where(r => r.Metric == "delivered").ShouldAllBe(r => r.Measured!.Value.Mean >= 0 && r.Measured.Value.Mean <= 1);
        }
    }

    [Fact]
    public void FurtherColumnsStandOnlyWhereAskedFor()
    {
        using JsonDocument plain = JsonDocument.Parse(ComparisonJson.Write(Comparing.Broadcasts(Quiet)));
        plain.RootElement.GetProperty("rows")[0].TryGetProperty("burst", out _).ShouldBeFalse();
        using JsonDocument document = JsonDocument.Parse(ComparisonJson.Write(Comparing.Broadcasts(Quiet with { Loss = "1%,1% in bursts of 8", Jitter = "5ms,lognormal 5ms 0.5", Faults = "swarm" })));
        JsonElement.ArrayEnumerator rows = document.RootElement.GetProperty("rows").EnumerateArray();
        rows.Select(r => r.GetProperty("burst").GetDouble()).Distinct().ShouldBe([1, 8]);
        rows.Select(r => r.GetProperty("jitterShape").GetString()).Distinct().ShouldBe(["exponential", "lognormal 0.5"]);
        rows.Select(r => r.GetProperty("loss").GetDouble()).Distinct().ShouldBe([0.01]);
        rows.Select(r => r.GetProperty("faults").GetString()).Distinct().ShouldBe(["swarm"]);
    }

    [Fact]
    public void FinishedCellsKnowWhatLinksAndFaultsDid()
    {
        string journal = _folder.PathOf("run.cells");
        string[] delays = [_folder.PathOf("a.txt"), _folder.PathOf("b.txt")];
        File.WriteAllText(delays[0], "1 ms\n3 ms\n");
        File.WriteAllText(delays[1], "2 ms\n2 ms\n");
        BroadcastGridText lossy = Quiet with { Protocols = "push(4)", Jitter = "5ms", Loss = "5%" };
        foreach (BroadcastGridText text in new[]
        {
            lossy, lossy with { Loss = "5% in bursts of 2" }, lossy with { Loss = "5% in bursts of 3" }, lossy with { Jitter = "uniform 5ms" }, lossy with { Jitter = "lognormal 5ms 1" }, lossy with { Jitter = "lognormal 5ms 2" },
            lossy with { Jitter = $"file:{delays[0]}" }, lossy with { Jitter = $"file:{delays[1]}" }, lossy with { Duplication = "5%" }, lossy with { Reordering = "5% by 9ms" }, lossy with { Reordering = "5% by 8ms" },
            lossy with { InOrder = true }, lossy with { Queue = "3kB" }, lossy with { Faults = "swarm 1s" }, lossy with { Faults = "at 12 ms crash 5" }, lossy with { Faults = "at 12 ms crash 6" },
        })
        {
            ComparisonJson.Write(Comparing.Broadcasts(text, journal: journal)).ShouldBe(ComparisonJson.Write(Comparing.Broadcasts(text)), text.ToString());
        }
    }

    [Theory]
    [InlineData("at 20 ms crash 99", "--faults:1:16", "there is no member 99: members are 0 to 59")]
    [InlineData("at 20 ms crash 3; at 30 ms crsh 4", "--faults:1:28", "did you mean crash?")]
    [InlineData("plan.txt", "--faults", "there is no file of that name")]
    [InlineData("swarm 0 s", "--faults", "a time above 0")]
    [InlineData("swarm forever", "--faults", "such as 'swarm 2 s'")]
    [InlineData("", "--faults", "a file of them, or swarm")]
    public void WhatCannotBeIsToldWithItsPlace(string faults, string place, string told)
    {
        InputException error = Should.Throw<InputException>(() => BroadcastGridReader.Read(Quiet with { Faults = faults }, new Seed(1)));
        error.Mark.ToString().ShouldBe(place);
        error.Problem.ShouldContain(told);
    }

    [Fact]
    public void AFilesMistakeIsToldWithTheFilesLine()
    {
        string plan = _folder.PathOf("plan.txt");
        File.WriteAllText(plan, "# three\n\nat 20 ms crash {3,99}\n");
        InputException error = Should.Throw<InputException>(() => BroadcastGridReader.Read(Quiet with { Faults = plan }, new Seed(1)));
        error.Mark.ToString().ShouldBe($"{plan}:3:19");
    }

    [Fact]
    public void AnOriginThatIsGoneReachesNobodyAndNothingBreaks()
    {
        ComparisonResult never = Comparing.Broadcasts(Quiet with { Faults = "at 0 s crash 0" });
        never.Mean("delivered").ShouldBe(0);
        never.Mean("latency").ShouldBe(double.PositiveInfinity);
        ComparisonResult after = Comparing.Broadcasts(Quiet with { Faults = "at 1 s crash 0" });
        after.Mean("delivered").ShouldBe(1);
        after.Mean("payloads").ShouldBe(59);
        after.Rows.Single(r => r.Metric == "payloads").Floor.Verdict.ShouldNotBe(Verdict.Violated);
        after.Mean("latency").ShouldBe(Comparing.Broadcasts(Quiet).Mean("latency"), 1e-12);
    }

    [Fact]
    public void MorePlainlyFasterIsWhatRegionsAllow()
    {
        string matrix = _folder.PathOf("regions.csv");
        File.WriteAllText(matrix, "from,eu,us\neu,1 ms,80 ms\nus,,1 ms\n");
        ComparisonResult result = Comparing.Broadcasts(Quiet with { Protocols = "flooding", Latency = $"file:{matrix}", Bandwidth = "inf" });
        result.Mean("latency").ShouldBe(0.08, 1e-9);
        result.Rows.ShouldAllBe(r => r.Metric != "latency" || r.Theory == null);
        result.Cells.Single().Coordinates.Single(c => c.Axis == "regions").Text.ShouldBe("regions.csv");
    }

    /// <summary>Members of the tree's part below and with its member.</summary>
    private static int Below(int member)
    {
        BroadcastGrid grid = BroadcastGridReader.Read(Quiet, new Seed(1));
        BroadcastOutcome outcome = grid.Protocols[0].Plan(grid.Networks[0].Setting with { Faults = Simulation.Faults.FaultPlan.Parse($"at 0 s crash {member}", 60) })(new Seed(1));
        return 60 - outcome.Delivered;
    }
}
