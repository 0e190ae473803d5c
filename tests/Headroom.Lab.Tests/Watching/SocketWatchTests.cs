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

    /// <summary>Killed relays and watchers come back without their memory, datagrams are lost, and all agree with the store in the end; every check of the torture holds over sockets too.</summary>
    [Theory]
    [InlineData(2, 1, 0, Transport.Tcp)]
    [InlineData(0, 3, 0, Transport.Udp)]
    [InlineData(2, 2, 0.1, Transport.Udp)]
    public void WatchersConvergeWhereMembersAreKilledAndDatagramsLost(int relayKills, int watcherKills, double loss, Transport transport)
    {
        WatchLabOptions options = new()
        {
            Watch = Options with { IsDelta = true, RelayFanOut = relayKills > 0 ? 4 : null, Loss = loss },
            Transport = transport,
            RelayKills = relayKills,
            WatcherKills = watcherKills,
            AwayNs = 150_000_000,
            Seed = new Seed(7),
        };
        WatchResult simulated = WatchFanOut.Run(options.Watch, options.Seed, options.Faults, stops: true);
        simulated.HasConverged.ShouldBeTrue();
        WatchLabRun run = SocketWatch.Run(options, TimeProvider.System, (_, _) => { });
        run.Result.Violations.ShouldBeEmpty();
        run.Result.Differing.ShouldBe(0);
        run.Result.Updates.ShouldBe(simulated.Updates);
        run.Result.LatenciesNs.Count.ShouldBeLessThan((int)run.Result.Deliveries);
        run.Result.Meter.Lists.ShouldBeGreaterThanOrEqualTo(options.Kills.Count);
        if (loss > 0)
        {
            run.Result.Meter.Questions.ShouldBeGreaterThan(run.Result.Meter.PagesRead);
        }
    }

    [Fact]
    public void WhatCannotBeKilledOrLostIsRefused()
    {
        WatchLabOptions options = new() { Watch = Options, Transport = Transport.Tcp, Seed = new Seed(7) };
        Should.Throw<ArgumentException>(() => (options with { RelayKills = 1 }).Validate()).Message.ShouldContain("no relay");
        Should.Throw<ArgumentException>(() => (options with { Watch = Options with { Loss = 0.1 } }).Validate()).Message.ShouldContain("udp");
        Should.Throw<ArgumentException>(() => (options with { WatcherKills = 1, Watch = Options with { BookmarkNs = null } }).Validate()).Message.ShouldContain("bookmarks");
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
