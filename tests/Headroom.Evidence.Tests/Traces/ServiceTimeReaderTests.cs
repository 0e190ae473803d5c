using Headroom.Evidence.Traces;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;

namespace Headroom.Evidence.Tests.Traces;

public sealed class ServiceTimeReaderTests
{
    private static ServiceTimeTrace Read(string text, string? unit = null, string? column = null) =>
        ServiceTimeReader.Read(new StringReader(text), unit is null ? null : Unit.Parse(unit), column);

    [Fact]
    public void OneNumberALineInTheUnitOfTheFile() =>
        Read("# recorded somewhere\n# unit: us\n4626\n2128.5\n\n 7e2 \n").TimesS.ShouldBe([0.004626, 0.0021285, 0.0007], 1e-15);

    [Fact]
    public void TheUnitOfTheCallerGoesFirst() => Read("# unit: us\n4\n", "ms").TimesS.ShouldBe([0.004], 1e-15);

    [Fact]
    public void AColumnOfACsvFile() =>
        Read("# unit: ms\nurl,status,\"time, total\"\n\"/a,b\",200,1.5\n/c,404,2\n", column: "time, total").TimesS.ShouldBe([0.0015, 0.002], 1e-15);

    [Theory]
    [InlineData("", null, 0, "no service time")]
    [InlineData("# only\n", null, 0, "no service time")]
    [InlineData("5\n", null, 1, "unit")]
    [InlineData("# unit: B\n5\n", null, 1, "time is expected")]
    [InlineData("# unit: mss\n5\n", null, 1, "mss")]
    [InlineData("# unit: ms\n5\nfive\n", null, 3, "'five'")]
    [InlineData("# unit: ms\n5\n0\n", null, 3, "above zero")]
    [InlineData("# unit: ms\n-5\n", null, 2, "above zero")]
    [InlineData("# unit: ms\nNaN\n", null, 2, "number is expected")]
    [InlineData("# unit: s\n1e300\n", null, 2, "no time")]
    [InlineData("# unit: ms\nurl,tiem\n/a,1\n", "time", 2, "did you mean tiem")]
    [InlineData("# unit: ms\nurl,time\n/a\n", "time", 3, "columns")]
    [InlineData("# unit: ms\nurl,time\n/a,x\n", "time", 3, "'x'")]
    public void WhatIsWrongIsSaidWithItsLine(string text, string? column, int line, string says)
    {
        MalformedException problem = Should.Throw<MalformedException>(() => Read(text, null, column));
        problem.Line.ShouldBe(line);
        problem.Message.ShouldContain(says);
    }

    [Fact]
    public void MutatedTextsNeverCrash()
    {
        RandomStream random = new Seed(4).Stream();
        const string seedText = "# unit: ms\nurl,time\n\"/a\",1.5\n/b,2\n";
        const string alphabet = "#:,\"\n\r 0.5e-+x\0é";
        int read = 0;
        for (int i = 0; i < 3000; i++)
        {
            char[] text = seedText.ToCharArray();
            for (int k = random.Below(6); k >= 0; k--)
            {
                text[random.Below(text.Length)] = alphabet[random.Below(alphabet.Length)];
            }

            try
            {
                read += Read(new string(text), null, i % 2 == 0 ? "time" : null).TimesS.Count;
            }
            catch (MalformedException)
            {
            }
        }

        read.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void NeighboursOfATrendAreCorrelatedAndOfAnAlternationAgainst()
    {
        new ServiceTimeTrace([.. Enumerable.Range(1, 1000).Select(i => (double)i)]).NeighbourCorrelation.ShouldBeGreaterThan(0.99);
        new ServiceTimeTrace([.. Enumerable.Range(0, 1000).Select(i => 1.0 + (i % 2))]).NeighbourCorrelation.ShouldBeLessThan(-0.99);
        new ServiceTimeTrace([2, 2, 2, 2]).NeighbourCorrelation.ShouldBe(0);
    }
}
