using Headroom.Consensus.Watch;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;
using Headroom.Lab.Watching;

namespace Headroom.Lab.Tests.Watching;

/// <summary>A store and its watchers over real sockets.</summary>
public sealed class SocketWatchTests
{
    /// <summary>Without batches every update is told by itself: as many messages and bytes as in the simulator, but for what a resumption tells again.</summary>
    [Theory]
    [InlineData(false, null, Transport.Tcp)]
    [InlineData(true, null, Transport.Tcp)]
    [InlineData(true, null, Transport.Udp)]
    [InlineData(true, 4, Transport.Tcp)]
    public void EveryWatcherEndsWithTheStoresState(bool isDelta, int? relayFanOut, Transport transport)
    {
        WatchLabOptions options = new() { Watch = Options with { IsDelta = isDelta, RelayFanOut = relayFanOut }, Transport = transport, Seed = new Seed(7) };
        WatchResult simulated = WatchFanOut.Run(options.Watch, options.Seed);
        simulated.IsWhole.ShouldBeTrue();
        WatchLabRun run = SocketWatch.Run(options, TimeProvider.System, (_, _) => { });
        run.Result.IsWhole.ShouldBeTrue($"{run.Result.LatenciesNs.Count} of {run.Result.Deliveries}, {run.Result.Differing} differ");
        run.Result.Updates.ShouldBe(simulated.Updates);
        run.Result.Deliveries.ShouldBe(simulated.Deliveries);
        run.Result.Meter.Messages.ShouldBeInRange(simulated.Meter.Messages * 8 / 10, simulated.Meter.Messages * 12 / 10);
        run.Sent.Messages.ShouldBeGreaterThanOrEqualTo(run.Result.Meter.Messages);
    }

    [Fact]
    public void TooManyMembersAreRefused() =>
        Should.Throw<ArgumentException>(() => new WatchLabOptions { Watch = Options with { Nodes = 600 }, Transport = Transport.Tcp, Seed = new Seed(7) }.Validate()).Message.ShouldContain("at most 500");

    private static WatchOptions Options => new()
    {
        Kinds = [new WatchKind { Name = "objects", Objects = 40, Topics = 4, WatchersEach = 5, RateHz = 150, Fields = 10, FieldBytes = 32, Changed = 2, RandomBytes = 4 }],
        Nodes = 14,
        Controllers = 1,
        IsGrouped = true,
        LinkNs = 50_000,
        BookmarkNs = 200_000_000,
        DurationNs = 1_500_000_000,
    };
}
