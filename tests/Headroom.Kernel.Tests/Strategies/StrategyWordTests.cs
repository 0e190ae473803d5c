using Headroom.Kernel.Strategies;

namespace Headroom.Kernel.Tests.Strategies;

public class StrategyWordTests
{
    private static readonly StrategyForm[] Forms =
    [
        new("rs", "", new StrategyParameter("data", 1, 255), new StrategyParameter("parities", 0, 255) { Default = 2 })
        {
            Words = [new StrategyWord("matrix", "cauchy", "isa-cauchy", "vandermonde"), new StrategyWord("field", "byte", "wide")],
        },
        new("plain", "", new StrategyParameter("data", 1, 255)),
    ];

    [Theory]
    [InlineData("rs(10,4)", "rs(10,4)", "cauchy byte")]
    [InlineData("rs(10, 4, isa-cauchy)", "rs(10,4,isa-cauchy)", "isa-cauchy byte")]
    [InlineData("rs(10,4,matrix=isa-cauchy)", "rs(10,4,isa-cauchy)", "isa-cauchy byte")]
    [InlineData("rs(10,4,matrix = cauchy)", "rs(10,4)", "cauchy byte")]
    [InlineData("rs(10,4,field=wide,matrix=vandermonde)", "rs(10,4,vandermonde,wide)", "vandermonde wide")]
    [InlineData("rs(10,wide)", "rs(10,2,wide)", "cauchy wide")]
    public void WordsStandBehindTheNumbersAndPrintedTextReadsBack(string text, string printed, string words)
    {
        StrategyCall.TryParse(text, Forms, out StrategyCall? call, out string? problem).ShouldBeTrue(problem);
        call!.ToString().ShouldBe(printed);
        call.Words.ShouldBe(words.Split(' '));
        StrategyCall.TryParse(printed, Forms, out StrategyCall? again, out problem).ShouldBeTrue(problem);
        again.ShouldBe(call);
    }

    [Theory]
    [InlineData("rs(10,4,isa-cuchy)", "'isa-cuchy' is no word of rs (did you mean isa-cauchy?); it takes matrix = cauchy|isa-cauchy|vandermonde, field = byte|wide")]
    [InlineData("rs(10,4,matrix=wide)", "'wide' is no word of rs; it takes matrix = cauchy|isa-cauchy|vandermonde")]
    [InlineData("rs(10,4,layout=ceph)", "rs has no choice 'layout'; it has matrix = cauchy|isa-cauchy|vandermonde, field = byte|wide")]
    [InlineData("rs(10,4,isa-cauchy,vandermonde)", "rs takes one matrix, not isa-cauchy and vandermonde")]
    [InlineData("rs(wide,10,4)", "rs(data, parities = 2, matrix = cauchy|isa-cauchy|vandermonde, field = byte|wide)")]
    [InlineData("plain(wide)", "plain(data): data")]
    public void AWrongWordIsNamedWithThoseThatThereAre(string text, string says)
    {
        StrategyCall.TryParse(text, Forms, out _, out string? problem).ShouldBeFalse();
        problem!.ShouldContain(says);
        problem.ShouldNotContain("\n");
    }

    [Fact]
    public void CallsOfOtherWordsAreOthers()
    {
        var one = StrategyCall.Of(Forms[0], 10, 4);
        one.Words.ShouldBe(["cauchy", "byte"]);
        one.ShouldNotBe(one with { Words = ["cauchy", "wide"] });
    }
}
