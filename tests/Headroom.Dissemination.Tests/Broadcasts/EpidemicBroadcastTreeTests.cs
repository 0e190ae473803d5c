using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;

namespace Headroom.Dissemination.Tests.Broadcasts;

public class EpidemicBroadcastTreeTests
{
    [Fact]
    public void WithoutFaultsEachMemberGetsOneCopy()
    {
        BroadcastOutcome outcome = new EpidemicBroadcastTreeStrategy(5, 0.05).Plan(Settings.Complete(1000))(new Seed(1));
        outcome.Delivered.ShouldBe(1000);
        outcome.PayloadCopiesReceived.ShouldBeInRange(999, 1010); // a digest may overtake the tree
        BroadcastOutcome rounds = new EpidemicBroadcastTreeStrategy(5, 0).Plan(Settings.Complete(1000, inRounds: true))(new Seed(1));
        rounds.PayloadCopies.ShouldBe(999);
    }

    [Fact]
    public void RepairReachesTheLiveMembersBelowDeadOnes()
    {
        BroadcastSetting setting = Settings.Complete(1000, failures: 0.2, loss: 0.01);
        BroadcastOutcome tree = new TreeStrategy(5).Plan(setting)(new Seed(2));
        BroadcastOutcome repaired = new EpidemicBroadcastTreeStrategy(5, 0.05).Plan(setting)(new Seed(2));
        tree.ShareDelivered.ShouldBeLessThan(0.7);
        repaired.Live.ShouldBe(800);
        repaired.Delivered.ShouldBe(800);
        // Copies to the dead and lost ones included, far below flooding's 1,000.
        repaired.CopiesPerDelivery.ShouldBeLessThan(1.35);
    }

    [Fact]
    public void RepairKnowsNothingOfWhoIsMissing()
    {
        // Without digests (p = 0) the members below a dead one are never reached: nothing else would tell them.
        BroadcastSetting setting = Settings.Complete(1000, failures: 0.2);
        BroadcastOutcome blind = new EpidemicBroadcastTreeStrategy(5, 0).Plan(setting)(new Seed(2));
        blind.ShareDelivered.ShouldBeLessThan(0.7);
        blind.Messages.ShouldBe(blind.PayloadCopies);
    }
}
