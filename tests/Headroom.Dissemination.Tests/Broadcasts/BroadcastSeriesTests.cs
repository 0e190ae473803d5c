using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;

namespace Headroom.Dissemination.Tests.Broadcasts;

public class BroadcastSeriesTests
{
    [Fact]
    public void OneOfASeriesIsTheBroadcastThatAPlanMakes()
    {
        foreach (BroadcastStrategy strategy in new BroadcastStrategy[] { new FloodingStrategy(), new PushStrategy(4), new PlumtreeStrategy(Settled: 1) })
        {
            BroadcastSetting setting = Settings.Complete(200, failures: 0.1, loss: 0.02);
            BroadcastOutcome outcome = strategy.Plan(setting)(new Seed(6));
            SeriesBroadcast one = BroadcastSeries.Run(setting, strategy, 1, new Seed(6)).Broadcasts[0];
            (one.Live, one.Delivered, one.PayloadCopies, one.Messages, one.WireBytes, one.HopsMax).ShouldBe(
                (outcome.Live, outcome.Delivered, outcome.PayloadCopies, outcome.Messages, outcome.WireBytes, outcome.HopsMax), strategy.Name);
            one.LastNs.ShouldBe(outcome.Times[outcome.Delivered - 1]);
        }
    }

    [Fact]
    public void ATreeIsBuiltByTheFirstAndUsedByTheOthers()
    {
        var finished = new List<int>();
        SeriesOutcome outcome = BroadcastSeries.Run(Settings.Complete(300), new PlumtreeStrategy(Settled: 0), 4, new Seed(7), finished.Add);
        finished.ShouldBe([0, 1, 2, 3, 4]);
        outcome.Broadcasts[0].PayloadCopies.ShouldBeGreaterThan(1000);
        outcome.Broadcasts.Skip(1).ShouldAllBe(broadcast => broadcast.PayloadCopies == 299 && broadcast.Delivered == 300);
        outcome.SettlingMessages.ShouldBeGreaterThan(300 * 20);
        outcome.Events.ShouldBeGreaterThan(outcome.SettlingEvents);
    }
}
