using System.Security.Cryptography;
using System.Text;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Ordering;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Randomness;

namespace Headroom.Dissemination.Tests.Broadcasts;

public class ReproducibilityTests
{
    public static TheoryData<BroadcastStrategy> Strategies() =>
    [
        .. BroadcastRegistry.All.SelectMany(protocol => protocol.Usual), new PushStrategy(2, 6), new OrderedStrategy(new PushStrategy(4), DeliveryOrder.Causal), new BatchedStrategy(new PushStrategy(4), 2_000_000), new FloodingStrategy(Echo: true),
    ];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void TheSameSeedGivesTheSameBytes(BroadcastStrategy strategy)
    {
        BroadcastSetting setting = Settings.Complete(200, failures: 0.1, loss: 0.02);
        string first = Digest(strategy.Plan(setting)(new Seed(77)));
        string again = Digest(strategy.Plan(setting)(new Seed(77)));
        string onAThread = "";
        var thread = new Thread(() => onAThread = Digest(strategy.Plan(setting)(new Seed(77))));
        thread.Start();
        thread.Join();
        again.ShouldBe(first);
        onAThread.ShouldBe(first);
        Digest(strategy.Plan(setting)(new Seed(78))).ShouldNotBe(first);
    }

    private static string Digest(BroadcastOutcome outcome)
    {
        string all = string.Join(' ', outcome.Times) + $" {outcome.Messages} {outcome.PayloadCopies} {outcome.WireBytes} {outcome.HopsMax} {outcome.Events} {outcome.Lost}";
        return Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(all)));
    }
}
