using Headroom.Dissemination.Wire;

namespace Headroom.Dissemination.Tests.Wire;

public class BroadcastHeadTests
{
    [Fact]
    public void AHeadIsNineBytesThatReadBack()
    {
        Span<byte> bytes = stackalloc byte[BroadcastHead.Length];
        new BroadcastHead(BroadcastVerb.Pull, 0x0102030405060708).Write(bytes);
        bytes.ToArray().ShouldBe([3, 8, 7, 6, 5, 4, 3, 2, 1]);
        BroadcastHead.TryRead(bytes, out BroadcastHead head).ShouldBeTrue();
        head.ShouldBe(new BroadcastHead(BroadcastVerb.Pull, 0x0102030405060708));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void RubbishIsNoHead(byte[] bytes) => BroadcastHead.TryRead(bytes, out _).ShouldBeFalse();
}
