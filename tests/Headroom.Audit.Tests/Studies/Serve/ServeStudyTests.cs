using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Audit.Studies;
using Headroom.Audit.Studies.Serve;
using Headroom.Audit.Systems;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests.Studies.Serve;

public sealed class ServeStudyTests
{
    private const string Checkout = """
        arrivals: 850/s
        service: { mean: 4.2 ms, cv: 1.8 }
        servers: 6
        goal: { p99: 60 ms }
        now: random
        """;

    private static readonly Lazy<StudyResult> Example = new(() => Audit(Checkout, requests: 10_000));

    private static Func<StudyContext, StudyResult> Prepare(string keys, int requests, string directory)
    {
        var study = new ServeStudy(requests);
        return study.Prepare(Section.Read(YamlTree.Parse(keys, "system.yaml"), "activity 'checkout' (serve)", study.Schema.Keys, new ReadingContext(directory)));
    }

    private static StudyContext Context(ulong seed) => new()
    {
        Activity = "checkout",
        Kind = "serve",
        Seed = new Seed(seed),
        Prices = new Prices { Server = Quantity.Parse("0.4 $/h"), Latency = Quantity.Parse("300 $/ms/day") },
    };

    private static StudyResult Audit(string keys, int requests = 2000, string directory = ".", ulong seed = 1) => Prepare(keys, requests, directory)(Context(seed));

    private static Finding Of(StudyResult result, string metric) => result.Findings.Single(f => f.Metric.Name == metric);

    private static Candidate Of(Finding finding, string strategy) => finding.Candidates.Single(c => c.Strategy == strategy);

    [Fact]
    public void TheExampleOfTheHouse()
    {
        StudyResult result = Example.Value;
        Finding p99 = Of(result, "p99");
        p99.Headline.ShouldBeTrue();
        result.Findings[0].ShouldBe(p99);
        p99.Candidates.Select(c => c.Strategy).ShouldBe(["random", "round-robin", "power-of-choices(2)", "shortest-queue", "shared-queue"]);
        p99.Best.ShouldNotBeNull().MeetsGoals.ShouldBeTrue();
        p99.Verdict.ShouldBe(Verdict.Open);
        // The p99 of the hyperexponential itself is a floor for all.
        double floor = p99.Limit.ShouldNotBeNull().Value.Number.ShouldNotBeNull();
        p99.Candidates.ShouldAllBe(c => c.Value.Value > floor);
        p99.Now.Value.Samples.ShouldBe(20);
        p99.Now.Value.StandardError.ShouldBeGreaterThan(0);

        // Random split is M/G/1 at 0.595: 4.2 ms (1 + 0.595 x 4.24/(2 x 0.405)) = 17.28 ms.
        Finding mean = Of(result, "mean");
        mean.Now.Value.Value.ShouldBe(0.01728, 5 * mean.Now.Value.StandardError);
        mean.Now.Value.Value.ShouldBe(0.01728, 0.0006);
        mean.Limit.ShouldNotBeNull().Value.Number.ShouldNotBeNull().ShouldBe(0.0042, 1e-12);
        // 300 $/ms/day on the mean delay, 0.4 $/h on six servers.
        mean.Now.MoneyPerYear.ShouldNotBeNull().ShouldBe((mean.Now.Value.Value * 1000 * 300 * 365.25) + (6 * 0.4 * 24 * 365.25), 1);
        mean.Best.ShouldNotBeNull().Strategy.ShouldBe("shared-queue");
    }

    [Fact]
    public void FewerServersDoWithABetterDispatcherAndStabilityIsTheFloor()
    {
        Finding servers = Of(Example.Value, "servers");
        double random = Of(servers, "random").Value.Value;
        double shared = Of(servers, "shared-queue").Value.Value;
        shared.ShouldBeLessThan(random);
        shared.ShouldBeGreaterThanOrEqualTo(4);
        servers.Limit.ShouldNotBeNull().Value.Number.ShouldBe(4);
        servers.Verdict.ShouldNotBe(Verdict.Violated);
        servers.MoneyToBest.ShouldNotBeNull().ShouldBe((random - shared) * 0.4 * 24 * 365.25, 1e-6);
    }

    [Fact]
    public void AnOverloadedPoolIsAFindingNotAnError()
    {
        StudyResult result = Audit(Checkout.Replace("850/s", "1500/s", StringComparison.Ordinal));
        Finding p99 = Of(result, "p99");
        p99.Now.Value.Value.ShouldBe(double.PositiveInfinity);
        p99.Best.ShouldBeNull();
        p99.Advice.Reason.ShouldContain("At least 7 servers");
        Of(result, "mean").Limit.ShouldNotBeNull().Value.ShouldBe(BoundValue.Unlimited);
        Of(result, "servers").Best.ShouldNotBeNull().Value.Value.ShouldBeGreaterThanOrEqualTo(7);
    }

    [Fact]
    public void AGoalBelowTheWorkItselfIsMetByNoNumberOfServers()
    {
        Finding servers = Of(Audit(Checkout.Replace("60 ms", "10 ms", StringComparison.Ordinal)), "servers");
        servers.Best.ShouldBeNull();
        servers.Now.MissedGoals.ShouldContain("the work itself takes longer than the goal");
        servers.Advice.Reason.ShouldContain("No number of servers");
    }

    [Fact]
    public void AMeanGoalMakesTheMeanTheHeadline()
    {
        StudyResult result = Audit(Checkout.Replace("{ p99: 60 ms }", "{ mean: 5 ms }", StringComparison.Ordinal));
        result.Findings[0].Metric.Name.ShouldBe("mean");
        result.Findings[0].Headline.ShouldBeTrue();
        Of(result, "p99").Headline.ShouldBeFalse();
        Of(result, "servers").Limit.ShouldNotBeNull().Id.ShouldBe("queueing.stability");
    }

    [Fact]
    public void WithoutAGoalNothingIsMissedAndNoServersAreCounted()
    {
        StudyResult result = Audit(Checkout.Replace("goal: { p99: 60 ms }\n", "", StringComparison.Ordinal));
        result.Findings.Select(f => f.Metric.Name).ShouldBe(["mean", "p99"]);
        result.Findings.SelectMany(f => f.Candidates).ShouldAllBe(c => c.MeetsGoals);
    }

    [Fact]
    public void ASeedGivesTheSameFiguresAndAnotherOnesWithinTheIntervals()
    {
        double[] Values(ulong seed) => [.. Audit(Checkout, seed: seed).Findings.SelectMany(f => f.Candidates).Select(c => c.Value.Value)];
        double[] one = Values(1);
        Values(1).ShouldBe(one);
        Values(2).ShouldNotBe(one);
    }

    [Fact]
    public void TheModelsAndTheFamilysWeightAreTold()
    {
        StudyResult result = Audit(Checkout.Replace("now: random", "now: power-of-choices(3)", StringComparison.Ordinal));
        Of(result, "p99").Candidates[0].Strategy.ShouldBe("power-of-choices(3)");
        string notes = string.Join("\n", result.Notes);
        notes.ShouldContain("hyperexponential with balanced means");
        notes.ShouldContain("Pollaczek-Khinchine, exact for random");
        notes.ShouldContain("Lee-Longton, an approximation");
        notes.ShouldContain("no closed form is known for power-of-choices(3)");
        notes.ShouldContain("Sensitivity: with lognormal service");
        LineExhibit lines = result.Exhibits.OfType<LineExhibit>().First();
        lines.Series.Count.ShouldBe(7);
        lines.Series.ShouldAllBe(s => s.Points.Count > 5 && s.Points.Zip(s.Points.Skip(1)).All(p => p.First.X <= p.Second.X && p.First.Y >= p.Second.Y));
    }

    [Fact]
    public void RisingArrivalsBreakTheGoalSomewhereAndLaterWithOneQueue()
    {
        StudyResult result = Audit(Checkout);
        string[] room = [.. result.Notes.Where(n => n.StartsWith("Room", StringComparison.Ordinal))];
        room.Length.ShouldBe(2);
        room[0].ShouldContain("with random");
        room[1].ShouldContain("with shared-queue");
        LineExhibit growth = result.Exhibits.OfType<LineExhibit>().Last();
        LineSeries random = growth.Series.Single(s => s.Name == "random");
        LineSeries shared = growth.Series.Single(s => s.Name == "shared-queue");
        random.Points.Count.ShouldBeGreaterThan(5);
        random.Points[^1].Y.ShouldBeGreaterThan(2 * random.Points[0].Y);
        random.Points.Zip(shared.Points).Skip(2).ShouldAllBe(p => p.First.Y > p.Second.Y);
    }

    [Fact]
    public void NearSaturationOfOneServerTheFastServerIsTheFloor()
    {
        StudyResult result = Audit(Checkout.Replace("servers: 6", "servers: 1", StringComparison.Ordinal).Replace("850/s", "190/s", StringComparison.Ordinal));
        Limit limit = Of(result, "mean").Limit.ShouldNotBeNull();
        limit.Id.ShouldBe("queueing.srpt");
        limit.Value.Number.ShouldNotBeNull().ShouldBeGreaterThan(0.0043);
        string.Join("\n", result.Notes).ShouldContain("queueing.blind-servers");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
    }

    [Fact]
    public void ATraceIsReadAndResampled()
    {
        string directory = Directory.CreateTempSubdirectory("serve").FullName;
        try
        {
            File.WriteAllLines(Path.Combine(directory, "times.trace"), ["# unit: ms", .. Enumerable.Range(0, 500).Select(i => i % 50 == 0 ? "40" : "2")]);
            File.WriteAllLines(Path.Combine(directory, "times.csv"), ["path,took", .. Enumerable.Range(0, 500).Select(i => i % 50 == 0 ? "/a,40" : "/b,2")]);
            const string keys = "arrivals: 1000/s\nservers: 4\ngoal: { p99: 90 ms }\nnow: round-robin\n";
            StudyResult plain = Audit(keys + "service: times.trace", directory: directory);
            StudyResult csv = Audit(keys + "service: { trace: times.csv, column: took, unit: ms }", directory: directory);
            Of(csv, "p99").Now.Value.Value.ShouldBe(Of(plain, "p99").Now.Value.Value);
            Of(plain, "p99").Limit.ShouldNotBeNull().Value.Number.ShouldNotBeNull().ShouldBe(0.04, 1e-12);
            plain.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
            // Mean 2.76 ms: 0.98 x 2 + 0.02 x 40.
            plain.Notes[0].ShouldContain("2.76 ms");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Through the whole audit, at its full length.</summary>
    [Fact]
    public void ClaimsAreJudgedByTheoremRunAndArithmetic()
    {
        string keys = string.Join("\n", Checkout.ReplaceLineEndings("\n").Split('\n').Select(line => "    " + line));
        SystemFile system = SystemFile.Parse($"""
            headroom: 1
            name: test
            activities:
              - name: checkout
                kind: serve
            {keys}
                claims:
                  - [ metric: mean, value: 3 ms, by: "a vendor" ]
                  - [ metric: servers, value: 3, by: "a budget" ]
                  - [ metric: utilisation, value: 59.5 %, by: "a dashboard" ]
                  - [ metric: utilisation, value: 80 %, by: "a rumour" ]
                  - [ metric: p99, value: 1 s, by: "a pessimist" ]
            """.Replace('[', '{').Replace(']', '}'), "system.yaml", ".");
        AuditResult result = Auditor.Run(system, new AuditOptions { Seed = new Seed(1), Command = "test" });
        result.Activities[0].Claims.Select(c => c.Verdict).ShouldBe(
            [ClaimVerdict.Refuted, ClaimVerdict.Refuted, ClaimVerdict.Reproduced, ClaimVerdict.Refuted, ClaimVerdict.Plausible]);
        System.Text.Encoding.UTF8.GetString(AuditJson.Write(result)).ShouldContain("queueing.quantile-service");
    }

    [Theory]
    [InlineData("mean: 4.2 ms, cv: 1.8", "mean: 4.2 ms", "needs a cv")]
    [InlineData("{ mean: 4.2 ms, cv: 1.8 }", "4.2 ms", "needs more than a mean")]
    [InlineData("{ mean: 4.2 ms, cv: 1.8 }", "nowhere.trace", "no file nowhere.trace")]
    [InlineData("{ mean: 4.2 ms, cv: 1.8 }", "{ mean: 4.2 ms, cv: 0.5, family: hyperexponential }", "at least 1")]
    [InlineData("{ mean: 4.2 ms, cv: 1.8 }", "{ mean: 4.2 ms, cv: 1.8, unit: ms }", "speaks of a trace")]
    [InlineData("{ mean: 4.2 ms, cv: 1.8 }", "{ mean: 4.2 MB, cv: 1.8 }", "data")]
    [InlineData("{ mean: 4.2 ms, cv: 1.8 }", "{ mean: 4.2 ms, cvv: 1.8 }", "did you mean cv?")]
    [InlineData("850/s", "-850/s", "below")]
    [InlineData("850/s", "850", "no unit")]
    [InlineData("servers: 6", "servers: 0", "between 1")]
    [InlineData("{ p99: 60 ms }", "{ }", "takes p99 and mean")]
    [InlineData("{ p99: 60 ms }", "{ p99: 0 ms }", "above zero")]
    [InlineData("now: random", "now: randm", "did you mean random?")]
    [InlineData("now: random", "now: power-of-choices(100)", "between 1 and 64")]
    public void WhatIsWrongIsSaidWithItsPlace(string was, string becomes, string says)
    {
        Checkout.ShouldContain(was);
        InputException problem = Should.Throw<InputException>(() => Prepare(Checkout.Replace(was, becomes, StringComparison.Ordinal), 1000, "."));
        problem.Problem.ShouldContain(says);
        problem.Mark.Line.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void NearSaturationIsOutsideTheRegime()
    {
        StudyResult result = Audit(Checkout.Replace("850/s", "1428/s", StringComparison.Ordinal));
        Candidate random = Of(Of(result, "mean"), "random");
        random.OutsideRegime.ShouldNotBeNull();
        random.MeetsGoals.ShouldBeFalse();
    }

    [Fact]
    public void InterruptionIsNoticedWithinOneRun()
    {
        using var stop = new CancellationTokenSource();
        int reports = 0;
        var context = new StudyContext
        {
            Activity = "checkout",
            Kind = "serve",
            Seed = new Seed(1),
            Prices = Prices.None,
            Cancellation = stop.Token,
            OnProgress = (_, _) =>
            {
                if (++reports == 10)
                {
                    stop.Cancel();
                }
            },
        };
        Should.Throw<OperationCanceledException>(() => Prepare(Checkout, 1000, ".")(context));
        reports.ShouldBe(10);
    }
}
