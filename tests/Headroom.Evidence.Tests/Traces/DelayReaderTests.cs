using Headroom.Evidence.Traces;

namespace Headroom.Evidence.Tests.Traces;

public class DelayReaderTests
{
    [Fact]
    public void DelaysAreNanosecondsOrCarryAUnit() =>
        DelayReader.Read(new StringReader("# observed on a Tuesday\n12500\n\n 12.5 us\r\n0\n1.5 ms\n")).ShouldBe([12_500, 12_500, 0, 1_500_000]);

    [Theory]
    [InlineData("1\nfast\n", 2, 1, "whole nanoseconds or a time such as '12.5 us' is expected; found 'fast'")]
    [InlineData("1\n\n   -4\n", 3, 4, "a delay is not negative; found '-4'")]
    [InlineData("2.5\n", 1, 1, "a number without a unit is whole nanoseconds; found '2.5'")]
    [InlineData("3 MB\n", 1, 1, "a time is expected; '3 MB' is data")]
    [InlineData("3 h\n", 1, 1, "a delay is at most an hour; found '3 h'")]
    [InlineData("99999999999999999999\n", 1, 1, "a number without a unit is whole nanoseconds; found '99999999999999999999'")]
    [InlineData("# nothing\n", 0, 0, "no delay in the file: a line such as '12500' (nanoseconds) or '12.5 us' is expected")]
    public void WhatIsWrongIsToldWithItsPlace(string text, int line, int column, string problem)
    {
        MalformedException thrown = Should.Throw<MalformedException>(() => DelayReader.Read(new StringReader(text)));
        (thrown.Line, thrown.Column, thrown.Problem).ShouldBe((line, column, problem));
    }
}
