using System.Text;
using System.Text.Json;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Audit.Studies;
using Headroom.Audit.Systems;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests;

public sealed class AuditorTests
{
    private static readonly Metric Copies = new("copies", Unit.Count("copies"), Side.Floor, "what is sent");

    [Fact]
    public void ActivitiesAreRankedByMoneyAtStakeAndWhatHasNoPriceComesLast()
    {
        AuditResult result = Run(Activity("cheap", 20, 10), Activity("unpriced", 20, null), Activity("dear", 20, 1000));
        result.Activities.Select(a => a.Name).ShouldBe(["dear", "cheap", "unpriced"]);
        result.Activities[0].Headline.MoneyToBest.ShouldBe(500);
        result.Activities[0].Headline.Headroom.ShouldBe(0.75);
    }

    [Fact]
    public void AViolationStandsWhenALongerRunWithAFreshSeedShowsItAgain()
    {
        AuditResult result = Run(Activity("broken", 4, 1));
        Finding finding = result.Violations.ShouldHaveSingleItem();
        finding.VerdictReason.ShouldContain("crosses test.floor");
        finding.VerdictReason.ShouldContain("confirmed");
    }

    [Fact]
    public void AViolationThatIsNotConfirmedIsToldAndDoesNotStand()
    {
        AuditResult result = Run(new Activity("noisy", "fake", default, [], context => Result(context, context.Effort == 1 ? 4 : 20, 1)));
        result.Violations.ShouldBeEmpty();
        result.Findings.Single().VerdictReason.ShouldContain("not confirmed");
    }

    [Fact]
    public void ACandidateThatMissesAGoalIsNeverBest()
    {
        StudyContext context = Context();
        Candidate now = Candidate("now", 20);
        Finding finding = context.Compose(Copies, true, now, [now, Candidate("late", 6) with { MissedGoals = ["within 2 s"] }, Candidate("fine", 12)], Limit(), new Advice("r", "t", "c"));
        finding.Best!.Strategy.ShouldBe("fine");
        finding.Id.ShouldBe("an-activity/copies");
    }

    [Fact]
    public void TheResultDoesNotDependOnTheNumberOfThreads()
    {
        Activity[] many = [.. Enumerable.Range(0, 12).Select(i => new Activity($"a{i}", "fake", default, [], context =>
        {
            RandomStream random = context.Seed.Stream();
            return Result(context, 20 + random.Below(1000), 1);
        }))];
        string one = Encoding.UTF8.GetString(AuditJson.Write(Run(1, many)));
        string four = Encoding.UTF8.GetString(AuditJson.Write(Run(4, many)));
        one.ShouldBe(four);
    }

    [Fact]
    public void AddingAnActivityReshufflesNoOther()
    {
        static Activity Draw(string name) => new(name, "fake", default, [], context => Result(context, 20 + context.Seed.Stream().Below(1_000_000), null));
        double alone = Run(Draw("a")).Findings.Single().Now.Value.Value;
        Run(Draw("b"), Draw("a")).Findings.Single(f => f.Activity == "a").Now.Value.Value.ShouldBe(alone);
    }

    [Fact]
    public void ErrorsAndInterruptionsComeThroughAsTheyAre()
    {
        var failing = new Activity("wrong", "fake", default, [], _ => throw new InputException(new Mark("x", 1, 1), "bad"));
        Should.Throw<InputException>(() => Run(Activity("fine", 20, 1), failing));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => Auditor.Run(Systems(Activity("fine", 20, 1)), Options(2), cancelled.Token));
    }

    [Fact]
    public void WhatNeverEndsIsAWordInJson()
    {
        byte[] json = AuditJson.Write(Run(new Activity("stuck", "fake", default, [], context => Result(context, double.PositiveInfinity, null))));
        using JsonDocument document = JsonDocument.Parse(json);
        document.RootElement.GetProperty("findings")[0].GetProperty("now").GetProperty("value").GetString().ShouldBe("infinite");
        AuditDocument.Parse(Encoding.UTF8.GetString(json), "x").Findings[0].Now.Value.ShouldBe(double.PositiveInfinity);
    }

    private static Activity Activity(string name, double now, double? money) => new(name, "fake", default, [], context => Result(context, now, money));

    private static StudyResult Result(StudyContext context, double now, double? money)
    {
        Candidate current = Candidate("now", now) with { Money = Money.Of(("egress", money)) };
        Candidate other = Candidate("other", 10) with { Money = Money.Of(("egress", money / 2)) };
        return new StudyResult { Findings = [context.Compose(Copies, true, current, [current, other], Limit(), new Advice("r", "t", "c"))] };
    }

    private static Candidate Candidate(string name, double value) => new(name, Estimate.Exact(value, Provenance.Computed("a test")));

    private static Limit Limit() => new() { Id = "test.floor", Title = "a floor", Value = BoundValue.Of(5), Side = Side.Floor, Regime = "r", Provenance = Provenance.Theorem("t"), IsBound = true };

    private static StudyContext Context() => new() { Activity = "an activity", Kind = "fake", Seed = new Seed(1), Prices = Prices.None };

    private static AuditResult Run(params Activity[] activities) => Run(2, activities);

    private static AuditResult Run(int threads, Activity[] activities) => Auditor.Run(Systems(activities), Options(threads));

    private static SystemFile Systems(params Activity[] activities) => new() { Name = "s", Prices = Prices.None, Activities = activities, Inputs = [] };

    private static AuditOptions Options(int threads) => new() { Seed = new Seed(1), Command = "headroom audit s.yaml", Threads = threads };
}
