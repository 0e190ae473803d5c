using Headroom.Dissemination.HyParView;
using Headroom.Dissemination.Plumtree;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Tests.HyParView;

public class HyParViewHeadTests
{
    private const int Members = 300;

    [Fact]
    public void HeadsLieAsTheFormatSays()
    {
        Sent((ref Turn turn) => HyParViewHead.SendJoin(1, ref turn)).ShouldBe([0x40]);
        Sent((ref Turn turn) => turn.Send(1, HyParViewHead.ComposeForwardJoin(0x010203, 6, ref turn))).ShouldBe([0x41, 6, 3, 2, 1, 0]);
        Sent((ref Turn turn) => HyParViewHead.SendNeighbour(1, true, ref turn)).ShouldBe([0x42, 1]);
        Sent((ref Turn turn) => HyParViewHead.SendNeighbourReply(1, false, ref turn)).ShouldBe([0x43, 0]);
        Sent((ref Turn turn) => HyParViewHead.SendDisconnect(1, ref turn)).ShouldBe([0x44]);
        Sent((ref Turn turn) => HyParViewHead.SendShuffle(1, 9, 4, [258], ref turn)).ShouldBe([0x45, 4, 9, 0, 0, 0, 1, 2, 1, 0, 0]);
        Sent((ref Turn turn) => HyParViewHead.SendShuffleReply(1, [258], ref turn)).ShouldBe([0x46, 1, 2, 1, 0, 0]);
    }

    [Fact]
    public void WhatIsNotExactlyAHeadIsNone()
    {
        byte[] shuffle = [0x45, 4, 9, 0, 0, 0, 1, 2, 1, 0, 0];
        HyParViewHead.TryRead(shuffle, Members, out HyParViewHead head).ShouldBeTrue();
        (head.Member, head.Number, head.Count, head[0]).ShouldBe((9, (byte)4, 1, 258));
        HyParViewHead.TryRead(shuffle, 258, out _).ShouldBeFalse("there is no member 258 among 258");
        HyParViewHead.TryRead(shuffle.AsSpan(..^1), Members, out _).ShouldBeFalse();
        HyParViewHead.TryRead([.. shuffle, 0], Members, out _).ShouldBeFalse();
        HyParViewHead.TryRead([], Members, out _).ShouldBeFalse();
        HyParViewHead.TryRead([0x42, 2], Members, out _).ShouldBeFalse();
        HyParViewHead.TryRead([0x41, 6, 0, 0, 0, 0x80], Members, out _).ShouldBeFalse("no member is negative");
    }

    /// <summary>Rubbish, and messages that were right before a byte changed, from anybody: nothing crashes, and views stay views.</summary>
    [Fact]
    public void NothingThatArrivesBreaksAMember()
    {
        RandomStream random = new Seed(8).Stream();
        PlumtreeTables tables = PlumtreeTables.Over(HyParViewTests.Options(Members, 3), new PlumtreeOptions { FirstTimeoutNs = 5, NextTimeoutNs = 4 }, remembered: 3);
        var process = new PlumtreeProcess(tables);
        var runner = new StepRunner();
        var sink = new Nowhere();
        var bytes = new byte[64];
        runner.Step(ref process, 0, new ProcessInput { Kind = InputKind.Start }, default, ref random, ref sink);
        for (int i = 0; i < 200_000; i++)
        {
            int length = Draw(bytes, ref random);
            var input = random.Below(20) == 0
                ? new ProcessInput { Kind = (InputKind)(1 + random.Below(6)), Peer = 1 + random.Below(Members - 1), Number = random.Below(4) - (i & 1), Body = random.Below(2) }
                : new ProcessInput { Kind = InputKind.Message, Peer = 1 + random.Below(Members - 1), Head = bytes.AsSpan(0, length), Body = random.Below(3) };
            runner.Step(ref process, 0, input, new ClockReading(i, 0), ref random, ref sink);
        }

        HyParViewMembership views = tables.Membership!;
        views.Active.Count(0).ShouldBeInRange(0, 5);
        views.Passive.Count(0).ShouldBeGreaterThan(10);
        sink.Sends.ShouldBeGreaterThan(10_000);
        for (int i = 1; i < views.Passive.Count(0); i++)
        {
            views.Passive[0, i].ShouldBeGreaterThan(views.Passive[0, i - 1]);
        }
    }

    private static int Draw(byte[] bytes, ref RandomStream random)
    {
        int length = random.Below(bytes.Length);
        for (int i = 0; i < length; i++)
        {
            bytes[i] = random.Below(3) == 0 ? (byte)random.Below(256) : (byte)0;
        }

        // Most begin like messages, and half of those are as long as they should be.
        int verb = random.Below(14);
        if (length > 12 && verb < 11)
        {
            bytes[0] = verb < 7 ? (byte)(0x40 + verb) : (byte)(0x20 + verb - 7);
            int told = random.Below(3);
            bytes[verb == 5 ? 6 : 1] = (byte)(verb is 5 or 6 ? told : random.Below(verb == 1 ? 8 : 2));
            int[] lengths = [1, 6, 2, 2, 1, HyParViewHead.ShuffleLength(told), 2 + (4 * told), 11, 12, 12, 1];
            length = random.Below(2) == 0 && lengths[verb] < bytes.Length ? lengths[verb] : length;
        }

        return length;
    }

    private delegate void Composing(ref Turn turn);

    private static byte[] Sent(Composing composing)
    {
        RandomStream random = new Seed(1).Stream();
        var process = new Composer(composing);
        var sink = new Nowhere();
        new StepRunner().Step(ref process, 0, new ProcessInput { Kind = InputKind.Start }, default, ref random, ref sink);
        return sink.Last;
    }

    private readonly struct Composer(Composing composing) : IProcess
    {
        public static int TimerCount => 0;

        public void On(in ProcessInput input, ref Turn turn) => composing(ref turn);
    }

    private sealed class Nowhere : IOutputSink
    {
        public byte[] Last { get; private set; } = [];

        public int Sends { get; private set; }

        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent)
        {
            peer.ShouldBeInRange(1, 0x00FFFFFF);
            Last = head.ToArray();
            Sends++;
        }

        public void SetTimer(int timer, long delayNs) => delayNs.ShouldBeGreaterThanOrEqualTo(0);

        public void CancelTimer(int timer)
        {
        }

        public void Persist(ReadOnlySpan<byte> record)
        {
        }

        public void Deliver(int body)
        {
        }

        public void Reply(long request, ReadOnlySpan<byte> head, int body)
        {
        }
    }
}
