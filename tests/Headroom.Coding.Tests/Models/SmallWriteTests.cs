using Headroom.Coding.Models;
using Headroom.Coding.Tests.Erasure;

namespace Headroom.Coding.Tests.Models;

public sealed class SmallWriteTests
{
    /// <summary>Patterson, Gibson and Katz 1988: a small write of RAID level 5 is two reads and two writes.</summary>
    [Theory]
    [InlineData("rs(4,1)", 1, 4)]
    [InlineData("rs(10,4)", 1, 10)]
    [InlineData("replication(3)", 1, 3)]
    [InlineData("lrc(12,2,2)", 1, 8)]
    [InlineData("rs(5,0)", 1, 1)]
    [InlineData("rs(4,2)", 400, 1.5)]
    [InlineData("rs(4,2)", 800, 1.5)]
    [InlineData("rs(2,1)", 100, 3)]
    public void AWriteMovesWhatUpdatesOrWholeStripesMove(string code, double writeBytes, double moved) =>
        SmallWrite.BytesMovedPerByte(ErasureCodeTests.Code(code), writeBytes, 100).ShouldBe(moved, 1e-12);
}
