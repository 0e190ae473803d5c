using Headroom.Evidence.Latencies;

namespace Headroom.Evidence.Tests.Latencies;

public sealed class LatencyMatrixReaderTests
{
    [Fact]
    public void RowsMayComeInAnyOrderAndAnEmptyCellIsTheWayBack()
    {
        LatencyMatrix matrix = Read("# one way\nfrom, eu, us, asia\nus, , 2 ms, 90ms\neu, 1 ms, 40 ms, 120 ms\nasia,,95 ms,500 us\n");
        matrix.Regions.ShouldBe(["eu", "us", "asia"]);
        (matrix[0, 1], matrix[1, 0]).ShouldBe((40_000_000, 40_000_000));
        (matrix[1, 2], matrix[2, 1]).ShouldBe((90_000_000, 95_000_000));
        (matrix[0, 2], matrix[2, 0]).ShouldBe((120_000_000, 120_000_000));
        (matrix[0, 0], matrix[1, 1], matrix[2, 2]).ShouldBe((1_000_000, 2_000_000, 500_000));
    }

    [Theory]
    [InlineData("", 0, "the file is empty")]
    [InlineData("from", 1, "1 to 1000 regions")]
    [InlineData("from,eu,eu\neu,1 ms,1 ms\n", 1, "stands twice in the header")]
    [InlineData("from,eu,us\neu,1 ms,40 ms\n", 0, "no row begins with the region 'us'")]
    [InlineData("from,eu,us\neu,1 ms,40 ms\nsu,40 ms,1 ms\n", 3, "did you mean eu?")]
    [InlineData("from,eu,us\neu,1 ms,40 ms\neu,1 ms,40 ms\n", 3, "the first is line 2")]
    [InlineData("from,eu,us\neu,1 ms\nus,40 ms,1 ms\n", 2, "1 latencies for 2 regions")]
    [InlineData("from,eu,us\neu,1 ms,40\nus,40 ms,1 ms\n", 2, "such as '40 ms' is expected from eu to us; found '40'")]
    [InlineData("from,eu,us\neu,1 ms,-4 ms\nus,40 ms,1 ms\n", 2, "between 0 and an hour")]
    [InlineData("from,eu,us\neu,1 ms,\nus,,1 ms\n", 2, "no latency between 'eu' and 'us'")]
    [InlineData("from,eu,us\neu,,3 ms\nus,,1 ms\n", 2, "within 'eu' is missing")]
    public void WhatIsWrongIsToldWithItsLine(string text, int line, string problem)
    {
        MalformedException error = Should.Throw<MalformedException>(() => Read(text));
        error.Line.ShouldBe(line);
        error.Problem.ShouldContain(problem);
    }

    private static LatencyMatrix Read(string text) => LatencyMatrixReader.Read(new StringReader(text));
}
