using Headroom.Dissemination.Plumtree;

namespace Headroom.Dissemination.Tests.Plumtree;

public class PlumtreeHeadTests
{
    [Theory]
    [InlineData(new byte[] { 0x20, 8, 7, 6, 5, 4, 3, 2, 1, 0x34, 0x12 }, PlumtreeVerb.Gossip)]
    [InlineData(new byte[] { 0x21, 1, 8, 7, 6, 5, 4, 3, 2, 1, 0x34, 0x12 }, PlumtreeVerb.IHave)]
    [InlineData(new byte[] { 0x22, 1, 8, 7, 6, 5, 4, 3, 2, 1, 0x34, 0x12 }, PlumtreeVerb.Graft)]
    [InlineData(new byte[] { 0x23 }, PlumtreeVerb.Prune)]
    public void AHeadReadsBackAndNothingElseDoes(byte[] bytes, PlumtreeVerb verb)
    {
        PlumtreeHead.TryRead(bytes, out PlumtreeHead head).ShouldBeTrue();
        head.Verb.ShouldBe(verb);
        head.WantsPayload.ShouldBe(verb == PlumtreeVerb.Graft);
        if (verb != PlumtreeVerb.Prune)
        {
            (head.Count, head.Broadcast(), head.Hops()).ShouldBe((1, 0x0102030405060708, (ushort)0x1234));
        }

        PlumtreeHead.TryRead(bytes.AsSpan(..^1), out _).ShouldBeFalse();
        PlumtreeHead.TryRead([.. bytes, 0], out _).ShouldBeFalse();
    }

    [Fact]
    public void AnAnnouncementOfNothingIsNone()
    {
        PlumtreeHead.TryRead([0x21, 0], out _).ShouldBeFalse();
        PlumtreeHead.TryRead([0x22, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], out _).ShouldBeFalse();
    }
}
