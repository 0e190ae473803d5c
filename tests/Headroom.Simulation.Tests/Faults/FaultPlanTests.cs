using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Simulation.Tests.Faults;

public class FaultPlanTests
{
    [Theory]
    [InlineData(10, 0.2, 2)]
    [InlineData(10, 0.29, 2)]
    [InlineData(100_000, 0.2, 20_000)]
    [InlineData(3, 1.0, 2)] // the origin is spared
    public void AShareOfTheMembersCrashesRoundedDown(int members, double share, int crashes)
    {
        FaultPlan plan = FaultPlan.CrashShare(members, share, 0, new Seed(5), 1);
        plan.Faults.Count.ShouldBe(crashes);
        plan.Faults.Select(f => f.Member).Distinct().Count().ShouldBe(crashes);
        plan.Faults.ShouldAllBe(f => f.Member != 1 && f.Kind == FaultKind.Crash);
    }

    [Fact]
    public void DifferentSeedsFailDifferentMembers() =>
        FaultPlan.CrashShare(1000, 0.2, 0, new Seed(5)).Faults.ShouldNotBe(FaultPlan.CrashShare(1000, 0.2, 0, new Seed(6)).Faults);
}
