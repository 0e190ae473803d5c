using Headroom.Evidence.Elections;
using Headroom.Tests;

namespace Headroom.Evidence.Tests.Elections;

public sealed class ElectionTimesReaderTests
{
    [SharedDataFact("raft/election-times.csv")]
    public void TheMeasuredTimesAreThoseOfThePaper()
    {
        using var reader = new StreamReader(SharedData.PathOf("raft/election-times.csv"));
        Dictionary<string, double[]> times = ElectionTimesReader.Read(reader).ToDictionary(entry => entry.Range, entry => entry.TimesMs);
        times.Values.Sum(list => list.Length).ShouldBe(7100);
        // Figure 16 of the paper, medians and longest, in ms.
        times["150-300"][500].ShouldBe(171.2, 0.3);
        times["150-300"][^1].ShouldBe(603.3, 0.1);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("a,b,c", 1, 1)]
    [InlineData("timeout_ms,cumulative_fraction,time_to_leader_ms\n1-2,0.5", 2, 1)]
    [InlineData("timeout_ms,cumulative_fraction,time_to_leader_ms\n1-2,0.5,3\n1-2,0.5,x", 3, 9)]
    [InlineData("timeout_ms,cumulative_fraction,time_to_leader_ms\n1-2,0.5,NaN", 2, 9)]
    [InlineData("timeout_ms,cumulative_fraction,time_to_leader_ms\n1-2,0.5,-1", 2, 9)]
    public void WhatIsWrongIsToldWithItsPlace(string text, int line, int column)
    {
        MalformedException e = Should.Throw<MalformedException>(() => ElectionTimesReader.Read(new StringReader(text)));
        (e.Line, e.Column).ShouldBe((line, column));
    }
}
