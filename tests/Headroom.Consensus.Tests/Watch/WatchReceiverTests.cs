using Headroom.Consensus.Groups;
using Headroom.Consensus.Watch;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Tests.Watch;

/// <summary>A watcher alone, told by hand: member 1, below the store.</summary>
public sealed class WatchReceiverTests
{
    private static readonly WatchOptions Options = new()
    {
        Kinds = [new WatchKind { Name = "a", Objects = 6, Topics = 2, WatchersEach = 1, RateHz = 1, Fields = 3, FieldBytes = 8, Changed = 1, RandomBytes = 2 }],
        Nodes = 1,
        DurationNs = 1_000_000_000,
        BookmarkNs = 1_000_000_000,
    };

    private readonly WatchCatalogue _catalogue = new(Options);
    private readonly WatchReceiver _receiver;
    private readonly StepRunner _runner = new();
    private readonly List<byte[]> _sent = [];
    private GroupMember _member;
    private RandomStream _random = new Seed(1).Stream();

    public WatchReceiverTests()
    {
        var tree = new WatchTree(Options, _catalogue);
        _receiver = new WatchReceiver(1, Options, _catalogue, tree, new WatchMeter(_catalogue.Draw(new Seed(1)), tree.Members), null);
        _member = new GroupMember(_receiver);
    }

    [Fact]
    public void OnlyAnAnswerToTheRevisionThatItHasMakesItList()
    {
        Tell(WatchVerb.Changes, 0, 5);
        _receiver.Revision.ShouldBe(5);
        Tell(WatchVerb.TooOld, 3);
        _sent.ShouldBeEmpty();
        Tell(WatchVerb.TooOld, 5);
        _sent.ShouldHaveSingleItem()[0].ShouldBe((byte)WatchVerb.List);
    }

    [Fact]
    public void AGapIsAskedForOnceAndAnAnswerThatIsNotAllAtOnceAgain()
    {
        Tell(WatchVerb.Changes, 4, 2);
        Tell(WatchVerb.Changes, 6, 1);
        _sent.ShouldHaveSingleItem().ShouldBe(new byte[] { (byte)WatchVerb.Resume, 0 });
        Tell(WatchVerb.Changes, 0, 4);
        _sent.Count.ShouldBe(2);
        _sent[1].ShouldBe(new byte[] { (byte)WatchVerb.Resume, 4 });
        Tell(WatchVerb.Changes, 4, 3);
        _receiver.Revision.ShouldBe(7);
        _sent.Count.ShouldBe(2);
    }

    [Fact]
    public void PagesOfOtherListsOtherPlacesAndOtherRevisionsAreNotTaken()
    {
        long list = Forgetful();
        Tell(WatchVerb.Page, list + 1, 9, 0, 0, 1, 0);
        Tell(WatchVerb.Page, list, 9, 1, 0, 2, 0);
        // A page that leads nowhere would be asked for without end.
        Tell(WatchVerb.Page, list, 9, 0, 0, 0, 0);
        _sent.Count.ShouldBe(1);
        Tell(WatchVerb.Page, list, 9, 0, 0, 1, 0);
        _sent.Count.ShouldBe(2);
        // Ten: one more than the revision of the first page.
        var asked = new VarintReader(_sent[1]);
        (asked.Byte(), asked.Number(), asked.Number(), asked.Number(), asked.Number()).ShouldBe(((byte)WatchVerb.List, list, 10, 1, 0));
        Tell(WatchVerb.Page, list, 12, 1, 0, 2, 0);
        _receiver.Revision.ShouldBe(0);
        Tell(WatchVerb.Page, list, 9, 1, 0, 2, 0);
        _receiver.Revision.ShouldBe(9);
        // Nothing was in it: nothing is left.
        Enumerable.Range(0, 6).Count(item => !_receiver.States.Of(item).IsEmpty).ShouldBe(0);
    }

    [Fact]
    public void AListThatExpiredIsBegunAnewAfterTheWaitUnderAnotherNumber()
    {
        long list = Forgetful();
        Tell(WatchVerb.Expired, list + 1);
        Tell(WatchVerb.Expired, list);
        _sent.Count.ShouldBe(1);
        Step(new ProcessInput { Kind = InputKind.Timer, Number = 0 });
        var asked = new VarintReader(_sent[1]);
        asked.Byte().ShouldBe((byte)WatchVerb.List);
        asked.Number().ShouldNotBe(list);
        asked.Number().ShouldBe(0);
    }

    [Fact]
    public void WhatHasNoFormIsNotTakenAndHurtsNobody()
    {
        _ = Forgetful();
        RandomStream random = new Seed(5).Stream();
        var message = new byte[40];
        for (int i = 0; i < 20_000; i++)
        {
            message[0] = (byte)random.Below(8);
            for (int at = 1; at < message.Length; at++)
            {
                message[at] = (byte)random.Below(random.Below(3) == 0 ? 256 : 4);
            }

            Step(new ProcessInput { Kind = InputKind.Message, Peer = 0, Head = message.AsSpan(0, random.Below(message.Length)) });
        }
    }

    /// <summary>It comes back without memory and lists; the list's number.</summary>
    private long Forgetful()
    {
        Step(new ProcessInput { Kind = InputKind.Recovery, Number = -1 });
        var asked = new VarintReader(_sent.ShouldHaveSingleItem());
        asked.Byte().ShouldBe((byte)WatchVerb.List);
        return asked.Number();
    }

    private void Tell(WatchVerb verb, params long[] numbers)
    {
        var room = new byte[100];
        var writer = new VarintWriter(room);
        writer.Byte((byte)verb);
        foreach (long number in numbers)
        {
            writer.Number(number);
        }

        Step(new ProcessInput { Kind = InputKind.Message, Peer = 0, Head = room.AsSpan(0, writer.Length) });
    }

    private void Step(in ProcessInput input)
    {
        var sink = new Sink(_sent);
        _runner.Step(ref _member, 1, input, new ClockReading(0, 0), ref _random, ref sink);
    }

    private readonly struct Sink(List<byte[]> sent) : IOutputSink
    {
        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent) => sent.Add(head.ToArray());

        public void SetTimer(int timer, long delayNs) => delayNs.ShouldBeGreaterThan(0);

        public void CancelTimer(int timer)
        {
        }

        public void Persist(ReadOnlySpan<byte> record) => throw new InvalidOperationException("a watcher keeps nothing");

        public void Deliver(int body) => throw new InvalidOperationException("nothing is delivered");

        public void Reply(long request, ReadOnlySpan<byte> head, int body) => throw new InvalidOperationException("nobody asks");
    }
}
