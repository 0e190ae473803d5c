using System.Text.RegularExpressions;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Tests;

namespace Headroom.Simulation.Tests.Faults;

public partial class FaultPlanTextTests
{
    [Theory]
    [InlineData("at 3 s partition {0-2} | {3,4}", "at 3 s partition {0-2} | {3,4}\n")]
    [InlineData("at 3s partition {4, 3}|rest", "at 3 s partition {3,4} | {0-2,5}\n")]
    [InlineData("at 5 s heal; at 1 s crash 4 # first the crash", "at 1 s crash 4\nat 5 s heal\n")]
    [InlineData("at 2 s pause 3 for 500 ms", "at 2 s pause 3\nat 2500 ms resume 3\n")]
    [InlineData("at 1 s slow {0,5} by 2 ms", "at 1 s slow 0 by 2 ms\nat 1 s slow 5 by 2 ms\n")]
    [InlineData("from 1 s to 2 s loss 20 %", "at 1 s loss 0.2\nat 2 s loss 0\n")]
    [InlineData("from 1 s to 1500 us slow 5 by 2 ms", null)]
    [InlineData("at 1 s cut 1 -> 2\nat 2 s mend 1->2", "at 1 s cut 1 -> 2\nat 2 s mend 1 -> 2\n")]
    [InlineData("from 1 s to 2 s link 1 - 2 down", "at 1 s link 1 - 2 down\nat 2 s link 1 - 2 up\n")]
    [InlineData("at 0 s clock 3 +5 ms drift 100 ppm", "at 0 s clock 3 +5 ms drift 100 ppm\n")]
    [InlineData("at 0 s clock 3 -1.5 us", "at 0 s clock 3 -1500 ns drift 0 ppm\n")]
    [InlineData("at 0 s clock 3 drift -0.25 ppm", "at 0 s clock 3 +0 s drift -0.25 ppm\n")]
    [InlineData("from 1 s to 2 s crash 4 with memory", "at 1 s crash 4 with memory\nat 2 s restart 4\n")]
    [InlineData("from 1 min to 2 min leave 4", "at 60 s leave 4\nat 120 s join 4\n")]
    [InlineData("at 9 s heal core {0-3}", "at 9 s heal core {0-3}\n")]
    [InlineData("from 1 s to 2 s partition {0} | {1}", "at 1 s partition {0} | {1}\nat 2 s unite\n")]
    [InlineData("\n ; \n# nothing", "")]
    public void AStatementSaysWhatItDoes(string text, string? printed)
    {
        if (printed is null)
        {
            Should.Throw<FaultPlanException>(() => FaultPlan.Parse(text, 6)).Problem.ShouldContain("ends before it begins");
            return;
        }

        FaultPlan plan = FaultPlan.Parse(text, 6);
        plan.ToString().ShouldBe(printed);
        FaultPlan.Parse(printed, 6).ShouldBe(plan);
    }

    [Theory]
    [InlineData("at 3 s partitoin {0} | {1}", 1, 8, "no fault 'partitoin' (did you mean partition?)")]
    [InlineData("at 1 s heal\n  on 3 s heal", 2, 3, "a statement begins with 'at TIME' or 'from TIME to TIME'; found 'on'")]
    [InlineData("at 1 s crash 9", 1, 14, "there is no member 9: members are 0 to 5")]
    [InlineData("at 1 s crash four", 1, 14, "a member from 0 to 5 is expected; found 'four'")]
    [InlineData("at 1 s crash 4; at 3 heal", 1, 20, "a time such as '3 s' is expected: no unit 'heal'")]
    [InlineData("at 3", 1, 4, "a time needs a unit, such as '3 s'")]
    [InlineData("at 3 MB crash 1", 1, 4, "a time such as '3 s' is expected; '3 MB' is data")]
    [InlineData("at -3 s crash 1", 1, 4, "a time is not negative")]
    [InlineData("at 1 s partition {0-2}", 1, 23, "a partition has two sets or more: 'partition {0-2} | {3,4}' or '{0-2} | rest'")]
    [InlineData("at 1 s partition {0-2} | {2,3}", 1, 26, "member 2 stands in two sets")]
    [InlineData("at 1 s partition {2-0} | {3}", 1, 19, "the range 2-0 runs backwards")]
    [InlineData("at 1 s partition {0,1 | {3}", 1, 23, "',' or '}' is expected in a set; found '|'")]
    [InlineData("at 1 s cut 1 - 2", 1, 14, "'cut 1 -> 2' is expected; found '-' where '->' belongs")]
    [InlineData("at 1 s cut 1 -> 1", 1, 17, "no link leads from 1 to itself")]
    [InlineData("at 1 s loss 120 %", 1, 13, "a share that is lost is at least 0 and below 100 %")]
    [InlineData("at 1 s slow 5 for 2 ms", 1, 15, "'slow 5 by 2 ms' is expected; found 'for' where 'by' belongs")]
    [InlineData("at 1 s crash 4 quickly", 1, 16, "the statement 'at 1 s crash 4 [with memory] [torn at 40 %]' ends here; 'quickly' is too much")]
    [InlineData("from 1 s to 2 s heal", 1, 21, "'at 1 s heal' ends nothing that lasts: write it with 'at', not 'from … to'")]
    [InlineData("at 1 s churn 2/s for 1 s", 1, 14, "churn lasts: write 'from 1 s to 9 s churn 2/s for 500 ms'")]
    [InlineData("from 0 s to 1000 s churn 1000000/s for 1 s", 1, 26, "churn has a rate above 0 and a time away above 0, and at most 250000 leave in all")]
    [InlineData("at 1 s clock 3 drift 1000000 ppm", 1, 22, "a drift is at most 500000 ppm either way")]
    [InlineData("at 9999 days crash 1", 1, 4, "a time is at most 1000000 s")]
    public void WhatIsWrongIsToldWithItsPlace(string text, int line, int column, string problem)
    {
        FaultPlanException thrown = Should.Throw<FaultPlanException>(() => FaultPlan.Parse(text, 6));
        (thrown.Line, thrown.Column, thrown.Problem).ShouldBe((line, column, problem));
    }

    [Fact]
    public void EveryStatementOfTheDocumentReads()
    {
        string text = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "docs", "faults.md")).Replace("\\|", "|");
        string[] statements = [.. Statement().Matches(text).Select(match => match.Groups[1].Value)];
        statements.Length.ShouldBeGreaterThan(15);
        statements.ShouldAllBe(statement => FaultPlan.Parse(statement, 6).Faults.Count > 0);
    }

    [Fact]
    public void RubbishIsRefusedAndNeverCrashes()
    {
        string[] words = ["at", "from", "to", "1 s", "2", "{", "}", "0-2", "|", "->", "-", "crash", "loss", "20 %", ";", "\n", "partition", "core", "heal", "with", "é", "1e999", "by", "churn", "2/s", "for", "rest", "clock", "+", "#"];
        RandomStream random = new Seed(31).Stream();
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Join(' ', Enumerable.Range(0, 1 + random.Below(9)).Select(_ => words[random.Below(words.Length)]));
            try
            {
                FaultPlan.Parse(text, 3).Validate(3);
                read++;
            }
            catch (FaultPlanException e)
            {
                e.Line.ShouldBeInRange(1, 10);
                e.Column.ShouldBeInRange(1, text.Length + 1);
            }
        }

        read.ShouldBeInRange(10, 19_000);
    }

    [Fact]
    public void ChurnLeavesAtItsRateAndEverybodyComesBack()
    {
        FaultPlan plan = FaultPlan.Parse("from 10 s to 110 s churn 5/s for 800 ms seed 3 sparing {0,7}", 50);
        Fault[] leaves = [.. plan.Faults.Where(fault => fault.Kind == FaultKind.Leave)];
        // Poisson of mean 500: four standard deviations.
        leaves.Length.ShouldBeInRange(500 - 90, 500 + 90);
        leaves.ShouldAllBe(fault => fault.TimeNs >= 10_000_000_000 && fault.TimeNs < 110_000_000_000 && fault.Member != 0 && fault.Member != 7);
        foreach (IGrouping<int, Fault> member in plan.Faults.GroupBy(fault => fault.Member))
        {
            Fault[] own = [.. member];
            for (int i = 0; i < own.Length; i += 2)
            {
                (own[i].Kind, own[i + 1].Kind, own[i + 1].TimeNs - own[i].TimeNs).ShouldBe((FaultKind.Leave, FaultKind.Join, 800_000_000));
            }
        }

        FaultPlan.Parse(plan.ToString(), 50).ShouldBe(plan);
        FaultPlan.Parse("from 10 s to 110 s churn 5/s for 800 ms seed 4 sparing {0,7}", 50).ShouldNotBe(plan);
    }

    [Fact]
    public void SwarmPlansDifferInTheirKindsEndInAHealedCoreAndReadBack()
    {
        var kinds = new Dictionary<FaultKind, int>();
        for (int i = 0; i < 200; i++)
        {
            int members = 1 + (i % 9);
            FaultPlan plan = SwarmFaults.Plan(members, 2_000_000_000, new Seed(8).At(i), core: 0);
            plan.Validate(members);
            plan.HealedAtNs.ShouldBe(2_000_000_000);
            plan.Core.Length.ShouldBeInRange((members / 2) + 1, members);
            plan.Core.ShouldContain(0);
            FaultPlan.Parse(plan.ToString(), members).ShouldBe(plan);
            SwarmFaults.Plan(members, 2_000_000_000, new Seed(8).At(i), core: 0).ShouldBe(plan);
            foreach (FaultKind kind in plan.Faults.Select(fault => fault.Kind).Distinct())
            {
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            }
        }

        // A coin each: every kind in about half of the plans (partitions and links need two members; loss may be zero at once); a restart ends any of three.
        kinds.Keys.Order().ShouldBe(Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.Heal).Order());
        kinds.Where(kind => kind.Key != FaultKind.HealCore).ShouldAllBe(kind => kind.Value > 50 && kind.Value < (kind.Key == FaultKind.Restart ? 190 : 150));
        FaultPlan.Parse("at 1 s heal core {0}; at 2 s crash 0", 1).HealedAtNs.ShouldBeNull();
    }

    [Fact]
    public void AKindThatIsLeftOutChangesNoOther()
    {
        for (int i = 0; i < 50; i++)
        {
            FaultPlan all = SwarmFaults.Plan(5, 2_000_000_000, new Seed(9).At(i), core: 0);
            FaultPlan fewer = SwarmFaults.Plan(5, 2_000_000_000, new Seed(9).At(i), ["churn", "clocks"], core: 0);
            fewer.Faults.ShouldBe(all.Faults.Where(fault => fault.Kind is not (FaultKind.Leave or FaultKind.Join or FaultKind.Clock)));
        }

        Should.Throw<ArgumentException>(() => SwarmFaults.Plan(5, 1, new Seed(9), ["chrun"])).Message.ShouldContain("chrun");
    }

    [GeneratedRegex("`((?:at|from) [^`]+)`")]
    private static partial Regex Statement();
}
