using System.Text;
using System.Text.Json;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Audit.Systems;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests.Report;

public sealed class ReportWriterTests : IDisposable
{
    private const string Hostile = "</script><!--\u2028\u2029<img src=x onerror=alert(1)>\ud800";

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AReportReplacesAReport()
    {
        string path = Path.Combine(_folder, "atlas.html");
        ReportWriter.Write(path, Result("first"), []);
        ReportWriter.Write(path, Result("second"), []);
        string page = File.ReadAllText(path);
        page.ShouldContain("<title>second — Headroom</title>");
        page.IndexOf(ReportPage.Marker, StringComparison.Ordinal).ShouldBeInRange(0, 2000);
        Directory.GetFileSystemEntries(_folder).ShouldBe([path]);
    }

    [Fact]
    public void AForeignFileIsLeftAlone()
    {
        string path = Path.Combine(_folder, "thesis.html");
        File.WriteAllText(path, "<html>my thesis</html>");
        Should.Throw<InputException>(() => ReportWriter.Write(path, Result("x"), [])).Problem.ShouldContain("not a report made by Headroom");
        File.ReadAllText(path).ShouldBe("<html>my thesis</html>");
    }

    [Fact]
    public void AnEmptyFileIsNotAReport()
    {
        string path = Path.Combine(_folder, "empty.html");
        File.WriteAllText(path, "");
        _ = Should.Throw<InputException>(() => ReportWriter.Check(path, []));
    }

    [Fact]
    public void AnInputIsNeverOverwrittenEvenIfItIsAReport()
    {
        string path = Path.Combine(_folder, "input.html");
        ReportWriter.Write(path, Result("x"), []);
        string link = Path.Combine(_folder, "link.html");
        _ = File.CreateSymbolicLink(link, path);
        Should.Throw<InputException>(() => ReportWriter.Check(path, [path])).Problem.ShouldContain("that the audit reads");
        Should.Throw<InputException>(() => ReportWriter.Check(link, [path])).Problem.ShouldContain("that the audit reads");
    }

    [Fact]
    public void ADirectoryIsRefusedWithAName() =>
        Should.Throw<InputException>(() => ReportWriter.Check(_folder, [])).Problem.ShouldContain("report.html");

    [Fact]
    public void ACancelledReportIsNoReport()
    {
        string path = Path.Combine(_folder, "atlas.html");
        _ = Should.Throw<OperationCanceledException>(() => ReportWriter.Write(path, Result("x"), [], new CancellationToken(canceled: true)));
        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void NoNameEndsTheBlockOfData()
    {
        string page = Encoding.UTF8.GetString(ReportPage.Of(Result(Hostile)));
        string plain = Encoding.UTF8.GetString(ReportPage.Of(Result("plain")));
        Count(page, "<script").ShouldBe(Count(plain, "<script"));
        Count(page, "</script").ShouldBe(Count(plain, "</script"));
        Count(page, "<img").ShouldBe(Count(plain, "<img"));
        page[page.IndexOf("</title>", StringComparison.Ordinal)..].Contains('\u2028', StringComparison.Ordinal).ShouldBeFalse();
        JsonElement data = Data(page);
        data.GetProperty("system").GetString().ShouldBe(Hostile.Replace('\ud800', '\ufffd'));
        data.GetProperty("activities")[0].GetProperty("exhibits")[0].GetProperty("title").GetString()!.ShouldStartWith("</script>");
    }

    [Fact]
    public void EveryExhibitReachesThePage()
    {
        JsonElement exhibits = Data(Encoding.UTF8.GetString(ReportPage.Of(Result("x")))).GetProperty("activities")[0].GetProperty("exhibits");
        exhibits.EnumerateArray().Select(e => e.GetProperty("type").GetString()).ShouldBe(["lines", "bars", "scatter", "map"]);
        exhibits[0].GetProperty("series")[0].GetProperty("points").GetRawText().ShouldBe("[[0,1],[1,\"infinite\"]]");
        exhibits[1].GetProperty("bars")[0].GetProperty("low").ValueKind.ShouldBe(JsonValueKind.Null);
        exhibits[2].GetProperty("guides")[0].GetProperty("axis").GetString().ShouldBe("x");
        exhibits[3].GetProperty("links")[0].GetProperty("to").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void TheWorkBehindACitationIsNamedInFull()
    {
        JsonElement data = Data(Encoding.UTF8.GetString(ReportPage.Of(Result("x"))));
        data.GetProperty("sources").GetProperty("singleton1964").GetString()!.ShouldContain("Singleton");
        data.GetProperty("sources").EnumerateObject().Count().ShouldBe(1, "only what is cited");
        data.GetProperty("activities")[0].GetProperty("command").GetString().ShouldBe("x");
    }

    [Fact]
    public void AClaimStandsInTheUnitOfItsMetricToo()
    {
        AuditResult result = Result("x");
        JudgedClaim percent = new(new Claim("x", "b", Quantity.Of(5, "%"), "somebody"), ClaimVerdict.Undecided, "");
        JudgedClaim other = percent with { Claim = percent.Claim with { Value = Quantity.Of(5, "ms") } };
        JsonElement claims = Data(Encoding.UTF8.GetString(ReportPage.Of(result with { Activities = [result.Activities[0] with { Claims = [percent, other] }] }))).GetProperty("claims");
        claims[0].GetProperty("metricValue").GetDouble().ShouldBe(0.05);
        claims[0].GetProperty("value").GetDouble().ShouldBe(5);
        claims[1].GetProperty("metricValue").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static JsonElement Data(string page)
    {
        const string Opening = "id=\"headroom-report\">";
        int from = page.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length;
        return JsonDocument.Parse(page[from..page.IndexOf("</script>", from, StringComparison.Ordinal)]).RootElement;
    }

    private static AuditResult Result(string name)
    {
        Candidate now = new(name, Estimate.Exact(2, Provenance.Stated(name))) { Money = Money.Of(("egress", 12)) };
        Finding finding = new()
        {
            Id = "a/b",
            Activity = name,
            Kind = "send",
            Metric = new Metric("b", Unit.One, Side.Floor, name),
            Headline = true,
            Now = now,
            Best = now,
            Limit = Limit.Reference("r", name, 1, Side.Floor, name, Provenance.Computed(name + " [singleton1964] [nobody" + "1900]")),
            Candidates = [now],
            Advice = new Advice(name, name, name),
        };
        Axis axis = new(name, "s");
        Exhibit[] exhibits =
        [
            new LineExhibit(name, name, axis, axis, [new LineSeries(name, [(0, 1), (1, double.PositiveInfinity), (double.NaN, 1)])]),
            new BarExhibit(name, name, axis, [new Bar(name, 1)]),
            new ScatterExhibit(name, name, axis, axis, [new ScatterPoint(name, 1, 2)], [new Guide(true, 1, name)]),
            new MapExhibit(name, name, axis, [new MapNode(name, 0, 0), new MapNode(name, 1, 1)], [new MapLink(0, 1, 0.5, name)]),
        ];
        return new AuditResult
        {
            System = name,
            Seed = new Seed(7),
            Prices = Prices.None,
            Command = name,
            Activities = [new ActivityResult(name, "send", [finding], [], exhibits, [name])],
        };
    }
}
