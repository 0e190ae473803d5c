using System.Text;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Audit.Studies.Send;
using Headroom.Audit.Systems;
using Headroom.Information.Codecs;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests.Studies.Send;

public sealed class SendStudyTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("headroom-send-").FullName;

    public SendStudyTests()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "logs"));
        File.WriteAllBytes(Path.Combine(_directory, "logs", "a.log"), Log(250, "a"));
        File.WriteAllBytes(Path.Combine(_directory, "logs", "b.log"), Log(150, "b"));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void TheExampleOfTheKindIsValidAndRuns()
    {
        ActivityResult result = Run(new SendStudy().Schema.Example);
        result.Findings.Select(f => f.Metric.Name).ShouldBe(["bytes per byte", "bytes per byte alone", "bytes per day", "cpu", "cost"]);
        result.Findings.Where(f => !f.IsReproducible).Select(f => f.Metric.Name).ShouldBe(["cpu", "cost"]);
        result.Exhibits.ShouldHaveSingleItem().ShouldBeOfType<BarExhibit>().Bars.ShouldContain(b => b.Role == Role.Limit);
    }

    [Fact]
    public void NowIsWhatTheCodecMakesOfTheMeasuredHalf()
    {
        Finding headline = Run("sample: logs/*.log\nnow: gzip(9)").Findings[0];
        byte[] measured = [.. Log(250, "a").Skip(Half(250, "a")), .. Log(150, "b").Skip(Half(150, "b"))];
        using ZlibCodec gzip = ZlibCodec.Gzip(9);
        byte[] packed = new byte[gzip.BoundOf(measured.Length)];
        int written = gzip.Compress(measured, packed);
        headline.Now.Strategy.ShouldBe("gzip(9)");
        headline.Now.Value.Value.ShouldBe((written + Framing.PrefixBytes(written)) / (double)measured.Length, 1e-12);
        headline.Now.Value.Provenance.Kind.ShouldBe(ProvenanceKind.Computed);
    }

    [Fact]
    public void NoStrategyIsBelowItsReference()
    {
        ActivityResult result = Run("sample: logs/*.log\nvolume: 1 TB/day");
        foreach (Finding finding in result.Findings.Where(f => f.IsReproducible))
        {
            double reference = finding.Limit.ShouldNotBeNull().Value.Number!.Value;
            finding.Limit!.IsBound.ShouldBeFalse();
            finding.Candidates.ShouldAllBe(c => c.Value.Value >= reference);
            finding.Verdict.ShouldBe(Verdict.None);
        }

        Find(result, "bytes per byte alone").Limit!.Value.Number!.Value.ShouldBeGreaterThanOrEqualTo(Find(result, "bytes per byte").Limit!.Value.Number!.Value);
    }

    [Fact]
    public void ADictionaryIsCountedOverTheVolumeItServes()
    {
        if (!ZstdLibrary.IsAvailable)
        {
            return;
        }

        const string Activity = "sample: logs/*.log\nstrategies: [\"zstd+dictionary(1 kB,3)\"]\nnow: none";
        Candidate alone = Dictionary(Run(Activity));
        Candidate daily = Dictionary(Run(Activity + "\nvolume: 1 MB/day"));
        Candidate weekly = Dictionary(Run(Activity + "\nvolume: 1 MB/day\nretrain: 7 day"));
        int measured = Log(250, "a").Length - Half(250, "a") + Log(150, "b").Length - Half(150, "b");
        (alone.Value.Value - daily.Value.Value).ShouldBe(1000.0 / measured - (1000.0 / 1e6), 1e-9);
        (daily.Value.Value - weekly.Value.Value).ShouldBe((1000.0 / 1e6) - (1000.0 / 7e6), 1e-9);
        alone.Value.Provenance.Kind.ShouldBe(ProvenanceKind.Computed);
        daily.Value.Provenance.Kind.ShouldBe(ProvenanceKind.Stated);

        static Candidate Dictionary(ActivityResult result) => result.Findings[0].Candidates.Single(c => c.Strategy == "zstd+dictionary(1 kB,3) per message");
    }

    [Fact]
    public void IndependenceRulesStreamsOut()
    {
        ActivityResult result = Run("sample: logs/*.log\nnow: gzip\npack: message\ngoal: { independent: yes }");
        Finding headline = result.Findings[0];
        headline.Candidates.Where(c => !c.MeetsGoals).ShouldAllBe(c => !c.Strategy.EndsWith("per message"));
        headline.Best!.Strategy.ShouldEndWith("per message");
        headline.Limit!.Id.ShouldBe("information.reference-alone");
        result.Findings.ShouldNotContain(f => f.Metric.Name == "bytes per byte alone");
    }

    [Fact]
    public void ReproducibleFindingsAreTheSameToTheByte()
    {
        static string Text(ActivityResult result)
        {
            using var stream = new MemoryStream();
            using (var json = new System.Text.Json.Utf8JsonWriter(stream))
            {
                json.WriteStartArray();
                foreach (Finding finding in result.Findings.Where(f => f.IsReproducible))
                {
                    AuditJson.WriteFinding(json, finding);
                }

                json.WriteEndArray();
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }

        const string Activity = "sample: logs/*.log\nvolume: 3 TB/day\nnow: gzip";
        Text(Run(Activity)).ShouldBe(Text(Run(Activity)));
    }

    [Fact]
    public void MoneyIsEgressInTheHeadlineAndEgressWithCpuInTheCost()
    {
        ActivityResult result = Run("sample: logs/*.log\nvolume: 3 TB/day\nnow: none");
        Finding headline = result.Findings[0];
        headline.Now.MoneyPerYear!.Value.ShouldBe(3000 * 0.02 * 365.25 * headline.Now.Value.Value, 1e-6);
        if (ThreadCpuClock.Seconds is not null)
        {
            Candidate gzip = Find(result, "cost").Candidates.Single(c => c.Strategy == "gzip(6)");
            Candidate cpu = Find(result, "cpu").Candidates.Single(c => c.Strategy == "gzip(6)");
            double egress = headline.Candidates.Single(c => c.Strategy == "gzip(6)").MoneyPerYear!.Value;
            gzip.Value.Value.ShouldBe(egress + (cpu.Value.Value * 3000 * 365.25 * 0.4 / 3600), 1e-6 * gzip.Value.Value);
            gzip.Value.Provenance.Kind.ShouldBe(ProvenanceKind.Executed);
        }
    }

    [Fact]
    public void TheAdviceWarnsOfSharedContexts()
    {
        Advice advice = Run("sample: logs/*.log").Findings[0].Advice;
        advice.TradeOffs.ShouldContain("CRIME");
        advice.TradeOffs.ShouldContain("BREACH");
    }

    [Fact]
    public void ClaimedRatiosAreJudgedAsTheirInverse()
    {
        ActivityResult result = Run("sample: logs/*.log\nnow: gzip\nclaims:\n  - { metric: ratio, value: 1.5, by: a }\n  - { metric: ratio, value: 1000, by: b }\n  - { metric: ratio, value: 0, by: c }");
        result.Claims.Select(c => c.Verdict).ShouldBe([ClaimVerdict.Plausible, ClaimVerdict.Undecided, ClaimVerdict.Undecided]);
        result.Claims[1].Why.ShouldContain("reference");
    }

    [Fact]
    public void FilesAsMessagesCarryTheirLengthsInTheStream()
    {
        for (int i = 0; i < 6; i++)
        {
            File.WriteAllBytes(Path.Combine(_directory, $"m{i}.bin"), [.. Enumerable.Repeat((byte)i, 300)]);
        }

        Finding headline = Run("sample: m*.bin\nmessage: file\nnow: none").Findings[0];
        // Three messages of 300 bytes, each with two bytes of length, and two for the stream.
        headline.Now.Value.Value.ShouldBe((900 + 6 + 2) / 900.0, 1e-12);
        headline.Candidates.Single(c => c.Strategy == "none per message").Value.Value.ShouldBe(906 / 900.0, 1e-12);
    }

    [Fact]
    public void ASingleMessageIsMeasured()
    {
        File.WriteAllText(Path.Combine(_directory, "one.txt"), new string('x', 500));
        ActivityResult result = Run("sample: one.txt\nmessage: file\nnow: gzip");
        result.Findings[0].Now.Value.Value.ShouldBeLessThan(0.2);
        result.Notes.ShouldContain(n => n.Contains("did not run"));
    }

    [Theory]
    [InlineData("sample: none.log", "no file none.log", 7)]
    [InlineData("sample: logs", "is a directory", 7)]
    [InlineData("sample: logs/*.txt", "no file matches", 7)]
    [InlineData("sample: empty.log", "empty", 7)]
    [InlineData("sample: binary.log", "binary data at byte 4", 7)]
    [InlineData("sample: logs/a.log\nmessage: 7 kB", "cut short", 7)]
    [InlineData("sample: logs/a.log\nmessage: lines", "did you mean line?", 8)]
    [InlineData("sample: logs/a.log\nmessage: 0.5 B", "below 1 B", 8)]
    [InlineData("sample: logs/a.log\nmessage: 3 s", "time", 8)]
    [InlineData("sample: logs/a.log\nnow: gzpi", "did you mean gzip?", 8)]
    [InlineData("sample: logs/a.log\nnow: gzip(12)", "between 1 and 9", 8)]
    [InlineData("sample: logs/a.log\nvolume: -1 TB/day", "cannot be below 0", 8)]
    [InlineData("sample: logs/a.log\nvolumes: 1 TB/day", "did you mean volume?", 8)]
    [InlineData("sample: logs/a.log\nread: 1 GB", "above 16 MiB", 8)]
    [InlineData("sample: tiny.log\nnow: zstd+dictionary(1 kB)", "dictionary", 8)]
    [InlineData("sample: logs/a.log\nnow: zstd+dictionary\npack: stream", "pack: message", 9)]
    public void WrongInputIsToldWithItsPlace(string activity, string expected, int line)
    {
        File.WriteAllBytes(Path.Combine(_directory, "empty.log"), []);
        File.WriteAllBytes(Path.Combine(_directory, "binary.log"), [65, 66, 67, 10, 0, 10]);
        File.WriteAllText(Path.Combine(_directory, "tiny.log"), "one\ntwo\nthree\n");
        InputException e = Should.Throw<InputException>(() => Load(activity));
        e.Problem.ShouldContain(expected);
        e.Mark.Line.ShouldBe(ZstdLibrary.IsAvailable || !activity.Contains("dictionary\n") ? line : e.Mark.Line);
    }

    [Fact]
    public void InterruptionStopsTheRun()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        SystemFile system = Load("sample: logs/*.log");
        Should.Throw<OperationCanceledException>(() => Auditor.Run(system, Options, source.Token));
    }

    private static AuditOptions Options => new() { Seed = new Seed(1), Command = "a test" };

    private static Finding Find(ActivityResult result, string metric) => result.Findings.Single(f => f.Metric.Name == metric);

    private ActivityResult Run(string activity) => Auditor.Run(Load(activity), Options).Activities.Single();

    private SystemFile Load(string activity) => SystemFile.Parse(
        $"headroom: 1\nname: test\nprices: {{ egress: 0.02 $/GB, server: 0.4 $/h }}\nactivities:\n  - name: log\n    kind: send\n    {activity.Replace("\n", "\n    ")}\n", "test.yaml", _directory);

    private static int Half(int lines, string name)
    {
        byte[] log = Log(lines, name);
        int end = 0;
        for (int i = 0; i < lines / 2; i++)
        {
            end += log.AsSpan(end).IndexOf((byte)'\n') + 1;
        }

        return end;
    }

    private static byte[] Log(int lines, string name)
    {
        RandomStream random = new Seed(1).Named(name).Stream();
        var text = new StringBuilder();
        for (int i = 0; i < lines; i++)
        {
            text.Append($"2026-11-20T10:{i % 60:00}:00Z level=info user={random.Below(500)} path=/cart/{random.Below(40)} status={(random.Bernoulli(0.1) ? 500 : 200)} took={random.Below(9000)}us\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
