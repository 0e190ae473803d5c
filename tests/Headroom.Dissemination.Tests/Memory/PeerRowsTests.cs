using Headroom.Dissemination.Memory;

namespace Headroom.Dissemination.Tests.Memory;

public class PeerRowsTests
{
    [Fact]
    public void ARowIsBoundedAndHoldsEachPeerOnce()
    {
        var rows = new PeerRows(3, 2);
        rows.Add(1, 7).ShouldBeTrue();
        rows.Add(1, 7).ShouldBeFalse();
        rows.Add(1, 8).ShouldBeTrue();
        rows.Add(1, 9).ShouldBeFalse();
        rows.Push(1, 8);
        rows.Of(1).ToArray().ShouldBe([7, 8]);
        rows.Push(1, 9);
        rows.Of(1).ToArray().ShouldBe([8, 9]);
        rows.Remove(1, 8).ShouldBeTrue();
        rows.Remove(1, 8).ShouldBeFalse();
        rows.Of(1).ToArray().ShouldBe([9]);
        rows.Count(0).ShouldBe(0);
        rows.Count(2).ShouldBe(0);
    }
}
