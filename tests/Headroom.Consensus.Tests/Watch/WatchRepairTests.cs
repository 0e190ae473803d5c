using Headroom.Consensus.Watch;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Tests.Watch;

/// <summary>What it costs to notice that something was missed, and to get it.</summary>
public sealed class WatchRepairTests
{
    /// <summary>Twelve nodes and a controller, five objects of one topic that all watch, four updates in the first moment.</summary>
    private static WatchOptions Small { get; } = new()
    {
        Kinds = [new WatchKind { Name = "services", Objects = 5, Topics = 1, WatchersEach = 12, RateHz = 0, AtOnce = 4, Fields = 5, FieldBytes = 30, Changed = 1, RandomBytes = 4 }],
        Nodes = 12,
        Controllers = 1,
        IsGrouped = true,
        IsDelta = true,
        DurationNs = 1_000_000_000,
        DrainNs = 10_000_000_000,
        BookmarkNs = 1_000_000_000,
    };

    [Fact]
    public void ASilentGroupCostsABookmarkAWatcherAndPeriodAndABusyOneNone()
    {
        // Eleven seconds: told in the first, and a bookmark each in the ten others, at the store's tick.
        WatchResult silent = Run(Small);
        silent.IsWhole.ShouldBeTrue();
        silent.Meter.Bookmarks.ShouldBe(10 * 13);
        silent.Meter.BookmarkBytes.ShouldBe(10 * 13 * 3);
        silent.Meter.Messages.ShouldBe(4 * 13);
        silent.Meter.Questions.ShouldBe(0);
        silent.Meter.RepairMessages.ShouldBe(silent.Meter.Bookmarks);

        WatchOptions busy = Small with { Kinds = [Small.Kinds[0] with { RateHz = 200 }], DurationNs = 11_000_000_000, DrainNs = 0 };
        Run(busy).Meter.Bookmarks.ShouldBe(0);
        Run(Small with { BookmarkNs = null }).Meter.Bookmarks.ShouldBe(0);
    }

    [Fact]
    public void ALostLastMessageIsNoticedByTheBookmarkAndCostsAQuestionAndAnAnswer()
    {
        WatchResult result = Run(Small, "from 0 s to 100 ms cut 0 -> 5");
        result.IsWhole.ShouldBeTrue();
        result.Meter.Questions.ShouldBe(1);
        result.Meter.Messages.ShouldBe((4 * 13) + 1);
        result.Meter.Lists.ShouldBe(0);
        // Told at the second tick, which is the first that finds the group silent, two links later.
        result.LatencyMs(1)!.Value.ShouldBeInRange(2000.7, 2001);
    }

    /// <summary>A message goes on from the last change of its group, not from the last bookmark.</summary>
    [Fact]
    public void ALostBookmarkCostsNothing()
    {
        // At 5 s a change; bookmarks before it are lost.
        WatchOptions options = Small with { Kinds = [Small.Kinds[0], Small.Kinds[0] with { Name = "pods", Objects = 12, Topics = 12, WatchersEach = 1, AtOnce = 0, RateHz = 3 }], DurationNs = 8_000_000_000 };
        WatchResult lost = Run(options, "from 1 s to 4 s cut 0 -> 2");
        WatchResult whole = Run(options);
        whole.Meter.Questions.ShouldBe(0);
        lost.IsWhole.ShouldBeTrue();
        // Only the changes that were lost with them are asked for: the first that comes after shows the gap, or the bookmark does.
        lost.Meter.Questions.ShouldBeLessThanOrEqualTo(1);
        WatchResult silent = Run(Small, "from 1.5 s to 8 s cut 0 -> 2");
        silent.Meter.Bookmarks.ShouldBe(10 * 13);
        silent.Meter.Questions.ShouldBe(0);
    }

    [Fact]
    public void WhoAsksForWhatIsKnownNoMoreListsWhatThereIs()
    {
        WatchResult result = Run(Small with { HistoryNs = 1_000_000_000 }, "from 0 s to 5 s cut 0 -> 5");
        result.Differing.ShouldBe(0);
        result.Meter.Refusals.ShouldBe(1);
        result.Meter.Lists.ShouldBe(1);
        result.Meter.Pages.ShouldBe(1);
        result.Meter.Questions.ShouldBe(2);
        // Five objects of five fields: number, mask, and of each field how much is kept, how much follows, and that.
        result.Meter.PageBytes.ShouldBeInRange(1 + 1 + 1 + 4 + (5 * (2 + (5 * 32))), 1 + 3 + 1 + 4 + (5 * (2 + (5 * 32))));
        // What the list covers was not told one by one.
        result.Deliveries.ShouldBe(4 * 13);
        result.LatenciesNs.Count.ShouldBe(4 * 12);
    }

    [Fact]
    public void AListComesInPagesAndLeavesOutWhatWasDeleted()
    {
        WatchOptions options = Small with
        {
            Kinds = [Small.Kinds[0] with { Objects = 400, AtOnce = 300, Deletions = 0.5 }],
            HistoryNs = 1_000_000_000,
        };
        WatchResult result = Run(options, "at 100 ms crash 5; at 5 s restart 5; at 100 ms crash 6; at 5 s restart 6");
        result.Differing.ShouldBe(0);
        result.Meter.Lists.ShouldBe(2);
        // 162 B an object; 12,000 B a page.
        int objects = 400 - Deleted(options);
        objects.ShouldBeInRange(200, 350);
        result.Meter.Pages.ShouldBe(2 * (int)Math.Ceiling(objects / Math.Floor(12_000 / 163.5)));
    }

    [Fact]
    public void ARelayThatForgotListsAndAllBelowItResumeOrList()
    {
        WatchOptions options = Small with { RelayFanOut = 5, Kinds = [Small.Kinds[0] with { RateHz = 10 }], DurationNs = 8_000_000_000 };
        WatchResult result = Run(options, "at 2 s crash 1; at 4 s restart 1");
        result.Relays.ShouldBe(3);
        result.Differing.ShouldBe(0);
        // The relay and its five watchers: it does not know what it told them last.
        result.Meter.Lists.ShouldBe(6);
        result.Meter.Refusals.ShouldBe(5);
        // It tells them at once that it is there, and waits neither for its next bookmark nor for a change.
        WatchResult silent = Run(options with { DurationNs = 3_000_000_000 }, "at 2 s crash 1; at 4 s restart 1");
        silent.Meter.Lists.ShouldBe(6);
        silent.Meter.ListedAtNs.ShouldBeInRange(4_000_000_000, 4_100_000_000);
        // As long as it was not away, nobody lists.
        Run(options).Meter.Lists.ShouldBe(0);
    }

    [Fact]
    public void AnswersBetweenTwoBookmarksAreBoundedAndWhoeverWaitsComesToTerms()
    {
        WatchOptions options = Small with { AnswerBytes = 1000, BookmarkNs = 200_000_000, Kinds = [Small.Kinds[0] with { Objects = 20 }] };
        string crashes = string.Join("; ", Enumerable.Range(1, 13).Select(watcher => $"at 2 s crash {watcher}; at 3 s restart {watcher}"));
        WatchResult result = Run(options, crashes);
        result.Differing.ShouldBe(0);
        result.Meter.Lists.ShouldBe(13);
        result.Meter.Unanswered.ShouldBeGreaterThan(13);
        // One list of 3.3 kB between two bookmarks: 13 of them take 2.4 s at least.
        Run(options with { AnswerBytes = 8_000_000 }, crashes).Meter.Unanswered.ShouldBe(0);
    }

    [Fact]
    public void WhoIsNotAnsweredAsksEverMoreSeldom()
    {
        // From 1 s to 21 s nothing comes back: after 25, 50, 100, 200 and 400 ms, then each 800 ms, by half to one and a half of it.
        WatchResult result = Run(Small with { DrainNs = 30_000_000_000 }, "from 0 s to 21 s cut 0 -> 5; at 500 ms crash 5; at 1 s restart 5");
        result.Differing.ShouldBe(0);
        result.Meter.Lists.ShouldBe(1);
        result.Meter.Questions.ShouldBeInRange(6 + 16, 6 + 48);
    }

    [Fact]
    public void FaultsAndLossNeedBookmarks()
    {
        Should.Throw<ArgumentException>(() => Run(Small with { BookmarkNs = null, HistoryNs = 1 })).Message.ShouldContain("bookmarks");
        Should.Throw<ArgumentException>(() => Run(Small with { BookmarkNs = null }, "at 1 s crash 1")).Message.ShouldContain("bookmarks");
        Should.Throw<ArgumentException>(() => Run(Small, "at 1 s crash 0")).Message.ShouldContain("torture");
    }

    private static int Deleted(WatchOptions options)
    {
        var deleted = new HashSet<int>();
        foreach (WatchUpdate update in new WatchCatalogue(options).Draw(WatchFanOutTests.Seed.At(0).Named("updates")))
        {
            _ = update.IsDeletion ? deleted.Add(update.Object) : deleted.Remove(update.Object);
        }

        return deleted.Count;
    }

    private static WatchResult Run(WatchOptions options, string faults = "") =>
        WatchFanOut.Run(options, WatchFanOutTests.Seed.At(0), FaultPlan.Parse(faults, 100));
}
