using System.Text;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Audit.Studies.Transfer;
using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Studies.Transfer;

public sealed class TransferStudyTests : IDisposable
{
    /// <summary>From Ada to Dan over Bob is shorter than over Cleo; everything starts at Ada, whose two links are the cut: 15 over 18 Gbit/s.</summary>
    private const string Graph = """
        NODES 4
        label x y
        Ada 0 0
        Bob 1 1
        Cleo 1 -1
        Dan 2 0

        EDGES 8
        label src dest weight bw delay
        e0 0 1 1 10000000 1000
        e1 1 0 1 10000000 1000
        e2 1 3 1 10000000 1000
        e3 3 1 1 10000000 1000
        e4 0 2 2 8000000 2000
        e5 2 0 2 8000000 2000
        e6 2 3 2 10000000 2000
        e7 3 2 2 10000000 2000
        """;

    private const string Demands = """
        DEMANDS 3
        label src dest bw
        d0 Ada Dan 12000000
        d1 Ada Bob 2000000
        d2 Ada Cleo 1000000
        """;

    private const string Plain = "topology: net.graph\ndemands: net.demands\nnow: shortest-path";

    private readonly string _directory = Directory.CreateTempSubdirectory("headroom-transfer-").FullName;

    public TransferStudyTests()
    {
        Write("net.graph", Graph);
        Write("net.demands", Demands);
        Write("backbone.graph", Graph);
        Write("nightly.demands", Demands);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void TheExampleOfTheKindIsValidAndRuns()
    {
        ActivityResult result = Run(new TransferStudy().Schema.Example);
        result.Findings.Select(f => f.Metric.Name).ShouldBe(["utilisation", "latency", "hops"]);
        result.Findings.ShouldAllBe(f => f.IsReproducible && f.Verdict != Verdict.Violated);
    }

    [Fact]
    public void FiguresAreThoseOfTheCutDoneByHand()
    {
        ActivityResult result = Run(Plain);
        Finding utilisation = Find(result, "utilisation");
        utilisation.Headline.ShouldBeTrue();
        utilisation.Now.Value.Value.ShouldBe(1.4, 1e-12);
        utilisation.Best!.Strategy.ShouldBe("optimised");
        utilisation.Best.Value.Value.ShouldBeInRange((15.0 / 18) - 1e-12, 15.0 / 18 * 1.001);
        utilisation.Limit!.Id.ShouldBe("flow.price-floor");
        utilisation.Limit.Value.Number!.Value.ShouldBeInRange(15.0 / 18 / 1.001, (15.0 / 18) + 1e-12);
        Find(result, "hops").Now.Value.Value.ShouldBe(27.0 / 15, 1e-12);
        Find(result, "hops").Verdict.ShouldBe(Verdict.Attained);
        Find(result, "latency").Now.Value.Value.ShouldBe(28.0 / 15, 1e-12);
        Find(result, "latency").Limit!.Value.Number!.Value.ShouldBe(28.0 / 15, 1e-12);
    }

    [Fact]
    public void TheAdviceNamesTheScarceLinks()
    {
        string reason = Run(Plain).Findings[0].Advice.Reason;
        reason.ShouldContain("Ada → Bob");
        reason.ShouldContain("Ada → Cleo");
        reason.ShouldNotContain("Bob → Dan");
        reason.ShouldContain("% more before anything must be bought");
        reason.ShouldContain("They are a cut: 15 Gbit/s must go out of Ada over 18 Gbit/s of links");
    }

    [Fact]
    public void MoneyIsCapacityAtTheTargetAndEgress()
    {
        Finding headline = Run(Plain + "\ntarget: 90 %", "egress: 0.02 $/GB, capacity: 1 $/Mbps/month").Findings[0];

        // 76 Gbit/s of edges; at 90 % the two links over Bob lack 14/0.9 - 10 and 12/0.9 - 10 Gbit/s. A Mbit/s costs 12 $ a year.
        double lacking = (26_000 / 0.9) - 20_000;
        double egress = 15e9 / 8 * 365.25 * 86400 * 0.02 / 1e9;
        headline.Now.Money!.Parts.ShouldBe([new MoneyPart("capacity", (76_000 + lacking) * 12), new MoneyPart("egress", egress)], new Near());
        headline.Best!.Money!.Parts.ShouldBe([new MoneyPart("capacity", 76_000 * 12), new MoneyPart("egress", egress)], new Near());
        headline.MoneyToBest!.Value.ShouldBe(lacking * 12, 1e-3);
        headline.Limit!.MoneyPerYear!.Value.ShouldBe(headline.Best.MoneyPerYear!.Value, 1e-3);
        Finding hops = Run(Plain + "\negress: every-hop\nactive: 25 %", "egress: 0.02 $/GB").Findings[0];
        hops.Now.MoneyPerYear!.Value.ShouldBe(egress / 4 * 27 / 15, 1e-3);
        Run(Plain, "storage: 21 $/TB/month").Findings[0].MoneyToBest.ShouldBeNull();
    }

    [Fact]
    public void NoRoutingCostsLessThanTheLimitsMoney()
    {
        foreach (string target in (string[])["50 %", "60 %", "83 %", "90 %"])
        {
            Finding headline = Run(Plain + $"\ntarget: {target}\negress: every-hop", "egress: 0.02 $/GB, capacity: 1 $/Mbps/month").Findings[0];
            double least = headline.Limit!.MoneyPerYear!.Value;
            headline.Candidates.ShouldAllBe(c => c.MoneyPerYear >= least * (1 - 1e-9));
        }
    }

    [Fact]
    public void AGoalThatACandidateMissesIsSaid()
    {
        Finding headline = Run(Plain + "\ngoal: { utilisation: 84 %, latency: 2 ms }").Findings[0];
        headline.Now.MissedGoals.ShouldBe(["utilisation 1.4 above 0.84"]);
        Candidate optimised = headline.Candidates.Single(c => c.Strategy == "optimised");
        optimised.MissedGoals.ShouldHaveSingleItem().ShouldContain("mean latency");
        headline.Best.ShouldBeNull();
        headline.Verdict.ShouldBe(Verdict.Open);
        Run(Plain + "\ngoal: { utilisation: 84 % }").Findings[0].Best!.Strategy.ShouldBe("optimised");
    }

    [Fact]
    public void AClaimBelowTheFloorIsRefutedAndOurOwnFigureReproduced()
    {
        ActivityResult result = Run(Plain + """

            claims:
              - { metric: utilisation, value: 70 %, by: a }
              - { metric: utilisation, value: 1.4, by: b }
              - { metric: utilisation, value: 0.9, strategy: optimised, by: c }
            """);
        result.Claims.Select(c => c.Verdict).ShouldBe([ClaimVerdict.Refuted, ClaimVerdict.Reproduced, ClaimVerdict.Plausible]);
    }

    [Fact]
    public void LinksAskedForMoreThanTheyCarryAreAFindingNotAnError()
    {
        ActivityResult result = Run(Plain);
        result.Notes.ShouldContain(n => n.StartsWith("under shortest-path 2 of 8 links are asked for more"));
        result.Notes.ShouldContain(n => n.Contains("certified"));
    }

    [Fact]
    public void TheMapTakesTheBusierDirectionAndTheLinesAreSorted()
    {
        ActivityResult result = Run(Plain);
        LineExhibit lines = result.Exhibits[0].ShouldBeOfType<LineExhibit>();
        lines.Series.Select(s => s.Role).ShouldBe([Role.Now, Role.Candidate, Role.Candidate, Role.Best, Role.Limit]);
        lines.Series[0].Points[0].Y.ShouldBe(140, 1e-9);
        lines.Series[0].Points.Select(p => p.Y).ShouldBeInOrder(SortDirection.Descending);
        MapExhibit now = result.Exhibits[2].ShouldBeOfType<MapExhibit>();
        now.Nodes.Select(n => n.Name).ShouldBe(["Ada", "Bob", "Cleo", "Dan"]);
        now.Links.Count.ShouldBe(4);
        now.Links[0].Value.ShouldBe(140, 1e-9);
        now.Links[0].Label.ShouldContain("Ada → Bob: 140 %");
    }

    [Fact]
    public void FindingsAreTheSameToTheByte()
    {
        static string Text(ActivityResult result)
        {
            using var stream = new MemoryStream();
            using (var json = new System.Text.Json.Utf8JsonWriter(stream))
            {
                json.WriteStartArray();
                foreach (Finding finding in result.Findings)
                {
                    AuditJson.WriteFinding(json, finding);
                }

                json.WriteEndArray();
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }

        Text(Run(Plain)).ShouldBe(Text(Run(Plain)));
    }

    [Fact]
    public void AGraphMlWithoutPlacesOrSpeedsTakesTheGivenCapacity()
    {
        Write("net.graphml", """
            <graphml><graph edgedefault="undirected"><node id="a"/><node id="b"/><node id="c"/>
            <edge source="a" target="b"/><edge source="b" target="c"/></graph></graphml>
            """);
        Write("abc.demands", "DEMANDS 1\nlabel src dest bw\nd0 a c 5000000\n");
        ActivityResult result = Run("topology: net.graphml\ndemands: abc.demands\ncapacity: 10 Gbit/s\nnow: ecmp");
        result.Findings.Select(f => f.Metric.Name).ShouldBe(["utilisation", "hops"]);
        result.Findings[0].Now.Value.Value.ShouldBe(0.5, 1e-12);
        result.Findings[0].Limit!.Value.Number!.Value.ShouldBe(0.5, 0.001);
        result.Findings[0].Advice.Reason.ShouldContain("Routing has nothing left to give");
        result.Notes.ShouldContain("2 links state no capacity and were given 10 Gbit/s");
        MapExhibit map = result.Exhibits.OfType<MapExhibit>().ShouldHaveSingleItem();
        map.Nodes.Select(n => n.X).ShouldBe([0, 1, 2]);
    }

    [Theory]
    [InlineData("topology: net.graph\ndemands: net.demands\nnow: ospf", "no strategy 'ospf'", "test.yaml", 9)]
    [InlineData("topology: net.graph\ndemands: net.demands\nnow: k-shortest(0)", "between 1 and 64", "test.yaml", 9)]
    [InlineData("topology: net.grpah\ndemands: net.demands\nnow: ecmp", "did you mean net.graph?", "test.yaml", 7)]
    [InlineData("topology: net.graph\nnow: ecmp", "needs 'demands'", "test.yaml", 5)]
    [InlineData("topology: net.graph\ndemands: net.demands\nnow: ecmp\ncapacity: 10 Gbit/s", "states its own", "test.yaml", 10)]
    [InlineData("topology: net.graph\ndemands: net.demands\nnow: ecmp\ncapacity: -1 Gbit/s", "capacity", "test.yaml", 10)]
    [InlineData("topology: net.graph\ndemands: net.demands\nnow: ecmp\ngoal: { utilisation: 120 % }", "between 1 % and 100 %", "test.yaml", 10)]
    [InlineData("topology: net.graph\ndemands: zero.demands\nnow: ecmp", "nothing to transfer", "test.yaml", 8)]
    [InlineData("topology: parted.graph\ndemands: parted.demands\nnow: ecmp", "no path of links with capacity leads from b to a", "parted.demands", 4)]
    [InlineData("topology: net.graph\ndemands: wrong.demands\nnow: ecmp", "no node 9", "wrong.demands", 3)]
    [InlineData("topology: net.demands\ndemands: net.demands\nnow: ecmp", "'NODES n' is expected", "net.demands", 1)]
    [InlineData("topology: binary.graph\ndemands: net.demands\nnow: ecmp", "binary data", "binary.graph", 1)]
    [InlineData("topology: plain.graphml\ndemands: net.demands\nnow: ecmp", "states no speed", "plain.graphml", 2)]
    [InlineData("topology: empty.graph\ndemands: net.demands\nnow: ecmp", "the file ends", "empty.graph", 1)]
    public void WrongInputIsToldWithItsPlace(string activity, string expected, string file, int line)
    {
        Write("zero.demands", "DEMANDS 1\nlabel src dest bw\nd0 0 1 0\n");
        Write("wrong.demands", "DEMANDS 1\nlabel src dest bw\nd0 0 9 1\n");
        Write("parted.graph", "NODES 2\nlabel x y\na 0 0\nb 0 1\nEDGES 2\nlabel src dest weight bw delay\ne0 0 1 1 5 0\ne1 1 0 1 0 0\n");
        Write("parted.demands", "DEMANDS 2\nlabel src dest bw\nd0 0 1 1\nd1 1 0 1\n");
        Write("binary.graph", "NODES\0\0\0");
        Write("empty.graph", "");
        Write("plain.graphml", "<graphml><graph edgedefault=\"undirected\"><node id=\"a\"/><node id=\"b\"/>\n<edge source=\"a\" target=\"b\"/></graph></graphml>");
        InputException e = Should.Throw<InputException>(() => Load(activity));
        e.Problem.ShouldContain(expected);
        e.Mark.File.ShouldEndWith(file);
        e.Mark.Line.ShouldBe(line);
    }

    [SharedDataFact("te/inverseCapacity")]
    public void TheEuropeanResearchNetworkIsCertified()
    {
        string te = SharedData.PathOf("te/inverseCapacity");
        ActivityResult result = Run($"topology: {te}/Geant2012.graph\ndemands: {te}/Geant2012.0000.demands\nnow: ecmp");
        Finding headline = result.Findings[0];
        headline.Limit!.Value.Number!.Value.ShouldBeInRange(0.8999944136 * 0.99, 0.8999944136 + 1e-10);
        headline.Best!.Value.Value.ShouldBeInRange(0.8999944136 - 1e-10, 0.8999944136 * 1.01);
        headline.Verdict.ShouldNotBe(Verdict.Violated);
    }

    [Fact]
    public void InterruptionStopsTheRun()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        SystemFile system = Load(Plain);
        Should.Throw<OperationCanceledException>(() => Auditor.Run(system, Options, source.Token));
    }

    private static AuditOptions Options => new() { Seed = new Seed(1), Command = "a test" };

    private static Finding Find(ActivityResult result, string metric) => result.Findings.Single(f => f.Metric.Name == metric);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text);

    private ActivityResult Run(string activity, string prices = "egress: 0.02 $/GB") => Auditor.Run(Load(activity, prices), Options).Activities.Single();

    private SystemFile Load(string activity, string prices = "egress: 0.02 $/GB") => SystemFile.Parse(
        $"headroom: 1\nname: test\nprices: {{ {prices} }}\nactivities:\n  - name: copy\n    kind: transfer\n    {activity.Replace("\n", "\n    ")}\n", "test.yaml", _directory);

    private sealed class Near : IEqualityComparer<MoneyPart>
    {
        public bool Equals(MoneyPart x, MoneyPart y) => x.Price == y.Price && Math.Abs(x.DollarsPerYear - y.DollarsPerYear) < 1e-3;

        public int GetHashCode(MoneyPart part) => 0;
    }
}
