using Headroom.Consensus.Torture;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Tests.Torture;

/// <summary>What is left of a plan fails, and nothing of it can be spared: neither a fault alone nor one with what ends it.</summary>
public sealed class FaultShrinkerTests
{
    /// <summary>Crashes that overlap, so that no stretch of the plan holds a crash and its restart alone.</summary>
    private static readonly FaultPlan Churn = FaultPlan.InOrder(
    [
        .. Enumerable.Range(0, 60).SelectMany(i => new[] { new Fault(10 * i, FaultKind.Crash, i % 5), new Fault((10 * i) + 35, FaultKind.Restart, i % 5) }),
        .. Enumerable.Range(0, 20).SelectMany(i => new[] { new Fault((30 * i) + 3, FaultKind.Cut, i % 4, 4), new Fault((30 * i) + 28, FaultKind.Mend, i % 4, 4) }),
        new Fault(300, FaultKind.Clock, 2),
        new Fault(1000, FaultKind.HealCore) { Sets = new MemberSets([[0, 1, 2, 3, 4]]) },
    ]);

    [Fact]
    public void WhatEndsAFaultGoesWithIt()
    {
        int runs = 0;
        FaultPlan small = FaultShrinker.Shrink(Churn, plan =>
        {
            runs++;
            return plan.Faults.Any(fault => fault.Kind == FaultKind.Clock) && IsBalanced(plan, FaultKind.Crash, FaultKind.Restart) && IsBalanced(plan, FaultKind.Cut, FaultKind.Mend);
        });
        small.Faults.Select(fault => fault.Kind).ShouldBe([FaultKind.Clock, FaultKind.HealCore]);
        runs.ShouldBeLessThan(200);
    }

    [Fact]
    public void ACrashStaysWithoutItsRestartWhereThatCanBeSpared()
    {
        FaultPlan small = FaultShrinker.Shrink(Churn, plan => plan.Faults.Count(fault => fault.Kind == FaultKind.Crash && fault.Member == 3) >= 2);
        small.Faults.Select(fault => fault.Kind).ShouldBe([FaultKind.Crash, FaultKind.Crash, FaultKind.HealCore]);
    }

    [Fact]
    public void APlanKeepsItsOrderAndItsRunsAreCounted()
    {
        int runs = 0;
        FaultPlan small = FaultShrinker.Shrink(Churn, plan =>
        {
            runs++;
            plan.Faults.ShouldBe(plan.Faults.OrderBy(fault => fault.TimeNs));
            return plan.Faults.Count > 40;
        }, runsMax: 50);
        runs.ShouldBe(50);
        small.Faults.Count.ShouldBeGreaterThan(40);
    }

    private static bool IsBalanced(FaultPlan plan, FaultKind begins, FaultKind ends) =>
        plan.Faults.Count(fault => fault.Kind == begins) == plan.Faults.Count(fault => fault.Kind == ends)
        && plan.Faults.Where(fault => fault.Kind == begins).All(fault => plan.Faults.Any(end => end.Kind == ends && end.Member == fault.Member && end.TimeNs > fault.TimeNs));
}
