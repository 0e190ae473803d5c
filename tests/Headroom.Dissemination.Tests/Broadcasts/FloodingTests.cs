using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Models;
using Headroom.Graphs;
using Headroom.Graphs.Generators;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Randomness;

namespace Headroom.Dissemination.Tests.Broadcasts;

public class FloodingTests
{
    /// <summary>The counts that Maelstrom's broadcast page tells for 25 nodes (24 a broadcast on a line and on tree4), and 2E - (V-1) for the others.</summary>
    public static TheoryData<string, DirectedGraph, long> Counts() => new()
    {
        { "grid", RegularGraphs.Grid(5, 5), 56 },
        { "line", RegularGraphs.Line(25), 24 },
        { "tree4", RegularGraphs.Tree(25, 4), 24 },
        { "complete", RegularGraphs.Complete(25), 576 },
        { "regular", RandomGraphs.RandomRegular(200, 5, new Seed(4)), (200 * 4) + 1 },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public void FloodingSendsTwiceTheEdgesLessTheTree(string name, DirectedGraph graph, long copies)
    {
        BroadcastSetting setting = Settings.On(graph, inRounds: true);
        BroadcastOutcome outcome = new FloodingStrategy().Plan(setting)(new Seed(1));
        outcome.PayloadCopies.ShouldBe(copies, name);
        outcome.Messages.ShouldBe(copies);
        outcome.PayloadCopies.ShouldBe(FloodCounts.OnGraph(graph.NodeCount, graph.EdgeCount / 2));
        outcome.Delivered.ShouldBe(graph.NodeCount);
        outcome.HopsMax.ShouldBe(BreadthFirst.Eccentricity(graph, 0)!.Value);
        outcome.TimeToShare(1).ShouldBe(outcome.HopsMax);
        new FloodingStrategy(Echo: true).Plan(setting)(new Seed(1)).PayloadCopies.ShouldBe(graph.EdgeCount);
    }

    [Fact]
    public void ARegularGraphTakesOneMoreThanNTimesDegreeLessOne() => FloodCounts.OnRegular(200, 5).ShouldBe(FloodCounts.OnGraph(200, 500));

    [Theory]
    [InlineData(25, 0)]
    [InlineData(100, 0.2)]
    public void TheClosedFormOfACompleteGraphIsWhatRuns(int members, double failures)
    {
        BroadcastOutcome outcome = new FloodingStrategy().Plan(Settings.Complete(members, failures: failures))(new Seed(2));
        outcome.PayloadCopies.ShouldBe(FloodCounts.OnComplete(members, outcome.Live));
        outcome.ShareDelivered.ShouldBe(1);
        new FloodingStrategy(Echo: true).Plan(Settings.Complete(members, failures: failures))(new Seed(2)).PayloadCopies
            .ShouldBe(FloodCounts.OnComplete(members, outcome.Live, echo: true));
    }

    [Fact]
    public void EverySimulatedByteIsAByteOfTheWireFormat()
    {
        // One byte of frame, nine of head and 2,000 of payload in two packets of 46 header bytes.
        BroadcastOutcome outcome = new FloodingStrategy().Plan(Settings.Complete(10))(new Seed(1));
        outcome.WireBytes.ShouldBe(outcome.Messages * (1 + 9 + 2000 + 92));
    }
}
