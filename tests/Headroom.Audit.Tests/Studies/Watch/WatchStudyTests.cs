using Headroom.Audit.Reading;
using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Studies.Watch;

public sealed class WatchStudyTests
{
    /// <summary>Sixty nodes: a few pods each, and services that all of them watch.</summary>
    private const string Small = """
        watchers: 60
            controllers: 2
            objects:
              - { name: pods, count: 600, topics: 60, watched by: 1, updates: 40/s }
              - { name: services, count: 50, watched by: 60, updates: 5/s, fields: 20, changed: 1, random: 4 B }
            duration: 2 s
        """;

    [Fact]
    public void EachWayAddsToTheOneBefore()
    {
        ActivityResult result = Run($"{Small}\n    store: {{ members: 7, disk: 1 ms }}\n    goal: {{ p99: 100 ms }}\n    now: naive");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        Finding bytes = Find(result, "bytes");
        bytes.Headline.ShouldBeTrue();
        bytes.Limit!.Id.ShouldBe("consensus.watch-bytes");
        double Of(string metric, string strategy) => Find(result, metric).Candidates.Single(c => c.Strategy == strategy).Value.Value;
        // To 62 instead of 3 or 62: what does not interest is most of it.
        Of("messages", "naive").ShouldBe(62 * Of("entries", "naive"), 1e-6);
        Of("ratio", "grouped").ShouldBe(100, 1);
        Of("ratio", "delta").ShouldBeLessThan(5);
        Of("bytes", "delta").ShouldBeGreaterThan(bytes.Limit.Value.Number!.Value);
        // As large as its floor, over what watchers took in.
        Of("efficiency", "delta").ShouldBe(100 * bytes.Limit.Value.Number!.Value / Of("bytes", "delta"), 3);
        Of("entries", "batched(50 ms)").ShouldBeLessThan(Of("entries", "delta") / 2);
        Of("store", "relayed(32)+delta").ShouldBeLessThan(Of("messages", "relayed(32)+delta") / 3);
        Candidate slow = Find(result, "p99").Candidates.Single(c => c.Strategy == "batched(1 s)");
        slow.Value.Value.ShouldBe(1000, 20);
        slow.MissedGoals.Single().ShouldStartWith("p99");
        // To the leader and back, a round trip to followers, and a disk; the floor has no client.
        Find(result, "commit").Limit!.Value.Number!.Value.ShouldBe(1.5, 1e-9);
        Of("commit", "delta").ShouldBe(2, 0.05);
        bytes.Now.Money!.DollarsPerYear.ShouldBe(bytes.Now.Value.Value * 365.25 * 86400 * 0.02e-9, 1e-6);
        result.Exhibits.Count.ShouldBe(3);
    }

    [Fact]
    public void LossIsAskedForAgain()
    {
        ActivityResult result = Run($"{Small}\n    network: {{ loss: 5 % }}\n    now: delta\n    try: []");
        Find(result, "p99").Now.Value.Value.ShouldBeInRange(3, 1000);
        // What repair takes is counted, and told.
        ActivityResult lossless = Run($"{Small}\n    now: delta\n    try: []");
        Find(result, "messages").Now.Value.Value.ShouldBeGreaterThan(1.02 * Find(lossless, "messages").Now.Value.Value);
        result.Notes.Single(note => note.StartsWith("delta", StringComparison.Ordinal)).ShouldContain("bookmarks");
        lossless.Notes.ShouldAllBe(note => !note.Contains("bookmarks", StringComparison.Ordinal));
    }

    [Fact]
    public void ClaimsOfTheStoryAreJudged()
    {
        ActivityResult result = Run($$"""
            {{Small}}
                now: grouped
                try: [ delta, batched(1 s) ]
                claims:
                  - { metric: growth, value: 1, by: a }
                  - { metric: growth, value: 1, by: a, strategy: batched(1 s) }
                  - { metric: smaller, value: 70 %, by: a, strategy: delta }
                  - { metric: fewer, value: 99.99 %, by: a, strategy: batched(1 s) }
                  - { metric: batching, value: 97.6 %, by: a, strategy: batched(1 s) }
                  - { metric: batching, value: 97 %, by: a, strategy: batched(1 s) }
                  - { metric: batching, value: 98.5 %, by: a, strategy: batched(1 s) }
                  - { metric: requests, value: 40000/s, by: a }
                  - { metric: p99, value: 100 ms, by: a, strategy: batched(1 s) }
                  - { metric: p99, value: 100 ms, by: a, strategy: delta }
            """);
        result.Claims.Select(c => c.Verdict).ShouldBe(
            [
                ClaimVerdict.Refuted, ClaimVerdict.Plausible, ClaimVerdict.Plausible, ClaimVerdict.Undecided, ClaimVerdict.Reproduced, ClaimVerdict.Plausible, ClaimVerdict.Undecided, ClaimVerdict.Undecided, ClaimVerdict.Refuted,
                ClaimVerdict.Plausible,
            ]);
        result.Claims[0].Why.ShouldContain("65536 for n = 256");
        result.Claims[4].Why.ShouldContain("true by construction");
        // Some 42 updates share an entry, not 67, though 98.5 % is within a hundredth.
        result.Claims[6].Why.ShouldContain("the claim is 66.7 updates an entry");
        // Of 1 + 45 updates all but those of the last tenth of a second.
        result.Claims[8].Why.ShouldContain("90.22 % of them wait longer than 100 ms");
    }

    [Fact]
    public void TheSameSeedGivesTheSameFindings()
    {
        string activity = $"{Small}\n    now: batched(50 ms)\n    try: []";
        Run(activity).Findings.Select(f => f.Now.Value.Value).ShouldBe(Run(activity).Findings.Select(f => f.Now.Value.Value));
    }

    [Theory]
    [InlineData("now: delta", "needs 'watchers' and 'objects', or a 'profile'")]
    [InlineData("profile: batch\n    watchers: 4\n    now: delta", "the profile batch says 'watchers' itself")]
    [InlineData("profile: bach\n    now: delta", "did you mean batch?")]
    [InlineData("profile: training\n    duration: 1 h\n    now: naive", "shorten 'duration'")]
    [InlineData("profile: training\n    now: detla", "did you mean delta?")]
    [InlineData("profile: training\n    now: relayd(3)+delta", "did you mean relayed?")]
    [InlineData("profile: training\n    now: relayed(3)+relayed(4)+delta", "'relayed' stands once")]
    [InlineData("profile: training\n    now: batched(50)", "window is time")]
    [InlineData("watchers: 4\n    objects: [ { name: a, count: 5, topics: 2, watched by: 1, updates: 1/s } ]\n    now: delta", "5 objects do not fall evenly into 2 topics")]
    [InlineData("watchers: 4\n    objects: [ { name: a, count: 5, watched by: 5, updates: 1/s } ]\n    now: delta", "'watched by' is at most the 4 watchers")]
    [InlineData("watchers: 4\n    objects: [ { name: a, count: 5, watched by: 1 } ]\n    now: delta", "'a' never changes")]
    [InlineData("watchers: 4\n    objects: [ { name: a, count: 5, watched by: 1, updates: 1/s, fields: 2 } ]\n    now: delta", "'changed' is at most the 2 fields")]
    [InlineData("watchers: 4\n    objects: [ { name: a, count: 5, watched by: 1, updates: 1/s, field: 4 kB } ]\n    now: delta", "at most 8192 B")]
    [InlineData("watchers: 4\n    objects: [ { name: a, count: 5, watched by: 1, updates: 1/s, random: 40 B } ]\n    now: delta", "at most half of a field, 32 B")]
    public void WhatCannotRunIsTheInputsFault(string activity, string problem) => Should.Throw<InputException>(() => Run(activity)).Problem.ShouldContain(problem);

    private static Finding Find(ActivityResult result, string metric) => result.Findings.Single(f => f.Metric.Name == metric);

    private static ActivityResult Run(string activity)
    {
        SystemFile system = SystemFile.Parse($"headroom: 1\nname: test\nprices: {{ egress: 0.02 $/GB }}\nactivities:\n  - name: tell\n    kind: watch\n    {activity}\n", "test.yaml", SharedData.RepositoryRoot());
        return Auditor.Run(system, new AuditOptions { Seed = new Seed(7), Command = "test", Threads = 1 }).Activities.Single();
    }
}
