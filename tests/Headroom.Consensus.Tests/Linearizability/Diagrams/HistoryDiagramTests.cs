using System.Xml.Linq;
using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Diagrams;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Consensus.Tests.Linearizability.Diagrams;

public sealed class HistoryDiagramTests
{
    [Fact]
    public void EveryOperationIsABarInItsClientsRowAndTheFailingOnesAreRed()
    {
        XElement svg = Draw(staleRead: true, out LinearizabilityResult result);
        result.Verdict.ShouldBe(LinearizabilityVerdict.NotLinearizable);
        Texts(svg, "client").ShouldBe(["client 0", "client 1", "client 2"]);
        Texts(svg, "failing-label").ShouldBe(["put \"b<>&\"", "get → \"a\""]);
        Texts(svg, "number").ShouldContain("?");
        // Bars stand where their calls and returns do: none begins before an earlier one.
        double[] starts = [.. svg.Descendants().Where(e => e.Name.LocalName == "rect" && e.Parent!.Name.LocalName == "g" && e.Parent.Attribute("transform") is null).Select(e => (double)e.Attribute("x")!)];
        starts.Length.ShouldBe(3);
        starts.ShouldBe(starts.Order());
    }

    [Fact]
    public void AnOrderIsNumberedAsItWasFound()
    {
        XElement svg = Draw(staleRead: false, out LinearizabilityResult result);
        result.Verdict.ShouldBe(LinearizabilityVerdict.Linearizable);
        Texts(svg, "failing-label").ShouldBeEmpty();
        Texts(svg, "number").Take(result.Witness.Count).ShouldBe(Enumerable.Range(1, result.Witness.Count).Select(n => $"{n}"));
    }

    private static XElement Draw(bool staleRead, out LinearizabilityResult result)
    {
        var builder = new HistoryBuilder { Form = ValueForm.Texts };
        int a = builder.Sequences.OfText("a");
        int b = builder.Sequences.OfText("b<>&");
        builder.Return(builder.Call(0, 0, OperationKind.Write, 0, a), 10);
        builder.Call(1, 0, OperationKind.Append, 12, a);
        builder.Return(builder.Call(0, 0, OperationKind.Write, 20, b), 30);
        builder.Return(builder.Call(2, 0, OperationKind.Read, 40), 50, staleRead ? a : b);
        History history = builder.Build();
        result = ModelRegistry.KeyValue.Checker().Check(history);
        return XElement.Parse(HistoryDiagram.Draw(history, ModelRegistry.KeyValue, result, "a & b"));
    }

    private static IEnumerable<string> Texts(XElement svg, string kind) => svg.Descendants().Where(e => (string?)e.Attribute("class") == kind && e.Name.LocalName == "text").Select(e => e.Value);
}
