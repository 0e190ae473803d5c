using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Samples;

/// <summary>The cases under samples/: each reads, each is told, and the small ones say what their page says.</summary>
public sealed class CaseFilesTests
{
    private static readonly string Root = SharedData.RepositoryRoot();

    [Fact]
    public void EveryCaseReadsAndIsTold()
    {
        string list = File.ReadAllText(Path.Combine(Root, "docs", "cases.md"));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Root, "samples", "cases"), "*.yaml"))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            SystemFile.Load(file).Activities.ShouldNotBeEmpty(name);
            File.ReadAllText(Path.Combine(Root, "docs", "cases", name + ".md")).ShouldContain($"./headroom audit samples/cases/{name}.yaml", Case.Sensitive, name);
            list.ShouldContain($"samples/cases/{name}.yaml", Case.Sensitive, name);
        }
    }

    [Fact]
    public void TheClusterThatWatchesItselfIsJudgedAsItsPageTells()
    {
        AuditResult result = Auditor.Run(SystemFile.Load(Path.Combine(Root, "samples", "cases", "cluster-watch.yaml")), new AuditOptions { Seed = new Seed(1), Command = "test", Threads = 2 });
        ActivityResult watch = result.Activities.Single();
        watch.Claims.Select(c => c.Verdict).ShouldBe([ClaimVerdict.Undecided, ClaimVerdict.Undecided, ClaimVerdict.Refuted]);
        Finding noticed = watch.Findings.Single(f => f.Metric.Name == "noticed");
        noticed.Best!.Strategy.ShouldBe("swim(3,3)");
        noticed.Now.MissedGoals.Count.ShouldBe(2);
        double Noticed(string strategy) => noticed.Candidates.Single(c => c.Strategy == strategy).Value.Value;
        // Two periods by theory where nobody suspects; each six misses take three periods more than three.
        Noticed("swim(3,0)").ShouldBe(2.15, 0.4);
        (Noticed("heartbeat(6)") - Noticed("heartbeat(3)")).ShouldBe(3, 0.5);
        noticed.Limit!.Value.Number!.Value.ShouldBe(0.22, 0.01);
        Finding messages = watch.Findings.Single(f => f.Metric.Name == "messages");
        messages.Candidates.Single(c => c.Strategy == "swim(3,3)").Value.Value.ShouldBe(2.27, 0.05);
        messages.Now.Value.Value.ShouldBe(199, 1);
        watch.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
    }
}
