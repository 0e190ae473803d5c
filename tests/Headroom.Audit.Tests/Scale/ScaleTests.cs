using System.Text;
using Headroom.Audit.Reading;
using Headroom.Audit.Scale;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Tests.Scale;

public class ScaleTests
{
    private static readonly ScaleOptions Options = new()
    {
        Strategy = new PushStrategy(5),
        Members = 500,
        LatencyNs = 50_000_000,
        JitterNs = 10_000_000,
        Loss = 0.01,
        BandwidthBps = 1e8,
        PayloadBytes = 1000,
        Broadcasts = 3,
        Seed = new Seed(1),
    };

    [Fact]
    public void ARunIsWrittenAsALineThatReadsBack()
    {
        ScaleMeasurement run = Run(Options);
        string path = Path.GetTempFileName();
        try
        {
            byte[] line = ScaleJson.Write(run);
            line.Count(b => b == '\n').ShouldBe(1);
            File.WriteAllBytes(path, [.. line, .. line]);
            IReadOnlyList<ScalePoint> points = ScaleJson.Read(path);
            points.Count.ShouldBe(2);
            points[0].ShouldBe(points[1]);
            points[0].Protocol.ShouldBe("push(5)");
            points[0].Topology.ShouldBe("complete");
            points[0].MemoryBytesPerMember.ShouldBe(run.BytesPerMember, 1e-9);
            points[0].PayloadsPerMember.ShouldBe(run.Typical.Average(b => (double)b.PayloadCopies) / 500, 1e-9);
            File.WriteAllText(path, Encoding.UTF8.GetString(line) + "{\"members\":3}\n");
            InputException e = Should.Throw<InputException>(() => ScaleJson.Read(path));
            e.Mark.Line.ShouldBe(2);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void TheSameSeedGivesTheSameRunWhateverTheClockSays()
    {
        ScaleMeasurement one = Run(Options with { Degree = 6 });
        ScaleMeasurement again = Run(Options with { Degree = 6 });
        again.Outcome.Broadcasts.ShouldBe(one.Outcome.Broadcasts);
        one.Outcome.Broadcasts.Count.ShouldBe(3);
        one.Typical.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("complete", null)]
    [InlineData("regular:5", 5)]
    public void LinksAreWrittenLikeThis(string text, int? degree) => ScaleOptions.ReadDegree(text, 100).ShouldBe(degree);

    [Theory]
    [InlineData("regular:2")]
    [InlineData("regular:100")]
    [InlineData("regular:5x")]
    [InlineData("grid:10x10")]
    public void OtherLinksAreNotTaken(string text) => Should.Throw<InputException>(() => ScaleOptions.ReadDegree(text, 100));

    [Fact]
    public void TrendsFindTheLawsThatThePointsFollow()
    {
        ScalePoint[] points = [.. new double[] { 1e3, 1e4, 1e5, 1e6 }.Select(n => Point(n))];
        ScaleTrends trends = ScaleTrends.Of(points, leastMembers: 1e4).Single();
        trends.All[0].Points.ShouldBe(3);
        trends.All[0].Growth.ShouldBe(1.1, 1e-9);
        trends.Messages.At(2.8e9).ShouldBe(4, 1e-9);
        ScaleTrend last = trends.All[^1];
        last.Law.ShouldBe(ScaleLaw.Logarithm);
        last.At(2.8e9).ShouldBe(0.3 + (0.05 * Math.Log(2.8e9)), 1e-9);
        Interval within = last.Within(2.8e9);
        within.Low.ShouldBe(within.High, 1e-6);
        Should.Throw<InputException>(() => ScaleTrends.Of(points, leastMembers: 1e5));
    }

    private static ScalePoint Point(double members) => new()
    {
        Protocol = "plumtree(5)",
        Topology = "complete",
        Members = members,
        Seconds = 1e-6 * Math.Pow(members, 1.2),
        ProcessorSeconds = 1e-6 * Math.Pow(members, 1.1),
        MemoryBytesPerMember = 600,
        EventsPerSecond = 1e6,
        MessagesPerMember = 4,
        PayloadsPerMember = 1,
        WireBytesPerMember = 1300,
        ShareDelivered = 1,
        Hops = Math.Log(members),
        P99Seconds = 0.2 + (0.05 * Math.Log(members)),
        LastSeconds = 0.3 + (0.05 * Math.Log(members)),
    };

    private static ScaleMeasurement Run(ScaleOptions options)
    {
        long memory = 0;
        double processor = 0;
        return ScaleRun.Run(options, "headroom scale", TimeProvider.System, () => memory += 1_000_000, () => processor += 0.1, (_, _) => { }, CancellationToken.None);
    }
}
