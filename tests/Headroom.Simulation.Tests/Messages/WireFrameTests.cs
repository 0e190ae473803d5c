using Headroom.Kernel.Randomness;
using Headroom.Simulation.Messages;

namespace Headroom.Simulation.Tests.Messages;

public class WireFrameTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(9, 2000, 2010)]
    [InlineData(127, 1, 129)]
    [InlineData(128, 1, 131)]
    [InlineData((1 << 14) - 1, 0, (1 << 14) + 1)]
    [InlineData(1 << 14, 3, (1 << 14) + 6)]
    [InlineData((1 << 21) - 1, 0, (1 << 21) + 2)]
    [InlineData(1 << 21, 1, (1 << 21) + 5)]
    public void AMessageIsReadAsItWasWritten(int headBytes, int bodyBytes, int wireBytes)
    {
        RandomStream random = new Seed(1).At(headBytes).Stream();
        byte[] head = Random(headBytes, ref random);
        byte[] body = Random(bodyBytes, ref random);
        byte[] wire = new byte[wireBytes];
        WireFrame.Length(headBytes, bodyBytes).ShouldBe(wireBytes);
        WireFrame.Write(wire, head, body).ShouldBe(wireBytes);
        WireFrame.TryRead(wire, out ReadOnlySpan<byte> headRead, out ReadOnlySpan<byte> bodyRead).ShouldBeTrue();
        headRead.ToArray().ShouldBe(head);
        bodyRead.ToArray().ShouldBe(body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("05 01 02")]
    [InlineData("80")]
    [InlineData("85 00 01 02 03 04 05")]
    [InlineData("80 80 01")]
    [InlineData("80 80 00")]
    [InlineData("80 80 80 00")]
    [InlineData("80 80 80 80 01")]
    [InlineData("FF FF FF 7F 00")]
    [InlineData("FF 7F 00")]
    public void WhatIsNoMessageIsRefused(string hex) =>
        WireFrame.TryRead(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), out _, out _).ShouldBeFalse();

    [Fact]
    public void AnyBytesEitherReadBackOrAreRefused()
    {
        RandomStream random = new Seed(2).Stream();
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = Random(random.Below(300), ref random);
            if (WireFrame.TryRead(bytes, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> body))
            {
                read++;
                byte[] again = new byte[bytes.Length];
                WireFrame.Write(again, head, body).ShouldBe(bytes.Length);
                again.ShouldBe(bytes);
            }
        }

        read.ShouldBeInRange(1000, 19_000);
    }

    private static byte[] Random(int length, ref RandomStream random)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.Below(256);
        }

        return bytes;
    }
}
