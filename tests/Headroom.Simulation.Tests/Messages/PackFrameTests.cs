using Headroom.Kernel.Randomness;
using Headroom.Simulation.Messages;

namespace Headroom.Simulation.Tests.Messages;

public class PackFrameTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(127, 128, 16_383, 16_384)]
    [InlineData(1, 300, 5, 20_000, 127)]
    public void WhatIsWrittenIsAsLongAsCountedAndReadsBack(params int[] lengths)
    {
        byte[] frame = new byte[PackFrame.BytesMax];
        int at = PackFrame.WriteMark(frame);
        var counted = default(PackLength);
        foreach (int length in lengths)
        {
            if (counted.Count == 0)
            {
                counted.Begin(length);
                counted.Bytes.ShouldBe(length);
            }
            else
            {
                counted.TryAdd(length).ShouldBeTrue();
            }

            at += PackFrame.WriteLength(frame.AsSpan(at), length);
            frame.AsSpan(at, length).Fill((byte)length);
            at += length;
        }

        counted.Bytes.ShouldBe(lengths.Length == 1 ? lengths[0] : at);
        PackFrame.IsPack(frame).ShouldBeTrue();
        ReadOnlySpan<byte> rest = frame.AsSpan(PackFrame.MarkBytes, at - PackFrame.MarkBytes);
        foreach (int length in lengths)
        {
            PackFrame.TryNext(ref rest, out ReadOnlySpan<byte> message).ShouldBeTrue();
            message.Length.ShouldBe(length);
            message.IndexOfAnyExcept((byte)length).ShouldBe(-1);
        }

        PackFrame.TryNext(ref rest, out _).ShouldBeFalse();
    }

    [Fact]
    public void AFullPackTakesNoMore()
    {
        var pack = default(PackLength);
        pack.TryAdd(1).ShouldBeFalse("nothing has begun");
        pack.Begin(30_000);
        pack.TryAdd(PackFrame.BytesMax - 30_000 - 2 - 3 - 3 + 1).ShouldBeFalse();
        pack.TryAdd(PackFrame.BytesMax - 30_000 - 2 - 3 - 3).ShouldBeTrue();
        (pack.Count, pack.Bytes).ShouldBe((2, PackFrame.BytesMax));
        pack.TryAdd(1).ShouldBeFalse();
    }

    [Fact]
    public void NoMessageBeginsAsAPackDoes()
    {
        foreach (int headBytes in new[] { 0, 1, 127, 128, 255, 256, (1 << 14) - 1, 1 << 14, 1 << 21 })
        {
            byte[] message = new byte[WireFrame.Length(headBytes, 1)];
            WireFrame.Write(message, new byte[headBytes], [0]);
            PackFrame.IsPack(message).ShouldBeFalse($"{headBytes}");
        }
    }

    [Fact]
    public void RubbishEndsThePackAndHarmsNobody()
    {
        RandomStream random = new Seed(3).Stream();
        for (int run = 0; run < 20_000; run++)
        {
            byte[] bytes = new byte[random.Below(12)];
            foreach (ref byte b in bytes.AsSpan())
            {
                b = (byte)(random.Bernoulli(0.5) ? random.Below(6) : random.Below(256));
            }

            ReadOnlySpan<byte> rest = bytes;
            while (PackFrame.TryNext(ref rest, out ReadOnlySpan<byte> message))
            {
                message.Length.ShouldBeLessThan(bytes.Length);
            }
        }
    }
}
