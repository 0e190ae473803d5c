using Headroom.Kernel.Bounds;

namespace Headroom.Audit.Tests;

/// <summary>What every theorem in the registry must keep, whatever it says.</summary>
public sealed class BoundRegistryTests
{
    public static TheoryData<string> Ids => [.. BoundRegistry.All.Select(b => b.Id)];

    [Fact]
    public void IdsAreUniqueAndNameTheirSubject()
    {
        BoundRegistry.All.Select(b => b.Id).ShouldBeUnique();
        BoundRegistry.All.ShouldAllBe(b => System.Text.RegularExpressions.Regex.IsMatch(b.Id, "^[a-z]+\\.[a-z0-9-]+$"));
        BoundRegistry.All.Count.ShouldBeGreaterThanOrEqualTo(25);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void TheCitationResolves(string id)
    {
        Bound bound = BoundRegistry.Find(id)!;
        References.All.Keys.ShouldContain(bound.Citation.Key);
        bound.Citation.Place.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void TheWordsAreThere(string id)
    {
        Bound bound = BoundRegistry.Find(id)!;
        foreach (string words in new[] { bound.Title, bound.Statement, bound.Formula, bound.Regime, bound.AppearsIn, bound.MeansForYou })
        {
            words.Length.ShouldBeGreaterThan(3);
            words.ShouldNotContain("\n");
        }

        bound.Parameters.ShouldAllBe(p => p.Meaning.Length > 3);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void TheWorkedExamplesMatch(string id)
    {
        Bound bound = BoundRegistry.Find(id)!;
        bound.Examples.ShouldNotBeEmpty();
        foreach (WorkedExample example in bound.Examples)
        {
            example.Source.ShouldNotBeNullOrWhiteSpace();
            Same(bound.Evaluate(example.Arguments), example.Expected, example.RelativeTolerance, $"{id} {example.Arguments}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void TheAttainedInstanceAttains(string id)
    {
        Bound bound = BoundRegistry.Find(id)!;
        if (bound.Attained is { } attained)
        {
            Same(bound.Evaluate(attained.Arguments), BoundValue.Of(attained.Reached()), attained.RelativeTolerance, attained.Instance);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task LegalArgumentsGiveAValueNeverAnException(string id)
    {
        Bound bound = BoundRegistry.Find(id)!;
        for (int i = 0; i < 300; i++)
        {
            BoundArguments arguments = RandomBoundArguments.Draw(bound, i);
            bound.Problem(arguments).ShouldBeNull();
            // A guard against loops that never end, not a measure of speed.
            var evaluation = Task.Run(() => bound.Evaluate(arguments));
            (await Task.WhenAny(evaluation, Task.Delay(TimeSpan.FromSeconds(20)))).ShouldBe(evaluation, $"no answer: headroom limit {id} {arguments}");
            BoundValue value = await evaluation;
            (value is BoundValue.OutsideRegime { Reason.Length: < 4 }).ShouldBeFalse();
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void WhatTheCommandLineTypesIsReadBack(string id)
    {
        Bound bound = BoundRegistry.Find(id)!;
        string typed = bound.Examples[0].Arguments.ToString();
        string[] pairs = typed.Length == 0 ? [] : typed.Split(' ');
        BoundArgumentParser.TryParse(bound, pairs, out BoundArguments arguments, out string? problem).ShouldBeTrue(problem);
        Same(bound.Evaluate(arguments), bound.Examples[0].Expected, bound.Examples[0].RelativeTolerance, typed);
    }

    private static void Same(BoundValue actual, BoundValue expected, double relative, string what)
    {
        if (expected.Number is not { } number)
        {
            actual.GetType().ShouldBe(expected.GetType(), what);
            return;
        }

        actual.Number.ShouldNotBeNull($"{what}: {actual}");
        actual.Number!.Value.ShouldBe(number, Math.Max(Math.Abs(number), 1e-300) * relative + 1e-15, what);
    }
}
