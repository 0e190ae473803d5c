using System.Globalization;
using Headroom.Audit.Comparisons.Agreements;
using Headroom.Audit.Systems;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Samples;

/// <summary>The tables of the case pages show what their audits give, with the seed that they name.</summary>
public sealed class PageFiguresTests
{
    private static readonly string Root = SharedData.RepositoryRoot();

    [Theory]
    [InlineData("kafka-linkedin")]
    [InlineData("spanner-commit")]
    [InlineData("kubernetes-watch")]
    [InlineData("leader-and-locks")]
    [InlineData("production-benchmark")]
    public void EveryTableOfAPageIsTheAudits(string name) => Check(name, system => system, _ => true, _ => true);

    /// <summary>Values of 500 kB: with the ways that the claims name, the registers and a leader in Asia, and without those whom every region leads.</summary>
    [Theory]
    [InlineData("leader: us1", "raft in asia")]
    [InlineData("leader: asia", "")]
    public void TheTableOfDatacentresIsTheAudits(string leader, string without) => Check("datacentre-replication",
        system => system.Replace("try: [ raft, \"isr(2)\", isr-leader, multipaxos, abd ]", "try: [ abd ]", StringComparison.Ordinal).Replace("leader: us1", leader, StringComparison.Ordinal)
            + string.Concat((leader.EndsWith("asia", StringComparison.Ordinal) ? Array.Empty<string>() : ["multipaxos", "isr(2)"]).Select(also => $"      - {{ metric: fewer, value: 1, strategy: \"{also}\", by: test }}\n")),
        figure => leader.EndsWith("asia", StringComparison.Ordinal) ? figure.Strategy == "raft in asia" : figure.Strategy != without,
        term => term.Contains("raft in asia", StringComparison.Ordinal) == leader.EndsWith("asia", StringComparison.Ordinal));

    /// <summary>The benchmark's rows of groups that agree: two trials are near enough to fifty to notice when a protocol sends something else.</summary>
    [Fact]
    public void TheBenchmarksRowsAreTheComparisons()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(Root, "docs", "cases", "production-benchmark.md")).Where(line => line.StartsWith("| isr(2,100) |", StringComparison.Ordinal) || line.StartsWith("| raft |", StringComparison.Ordinal))];
        rows.Length.ShouldBe(8);
        foreach (string row in rows)
        {
            string[] cells = [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];
            bool isRaft = cells[0] == "raft";
            string[] links = cells[1].Split(", ");
            var text = new AgreementGridText
            {
                Protocols = cells[0],
                Members = isRaft ? "5" : "3",
                Value = "1kB",
                Operations = isRaft ? "5k" : "10k",
                Clients = isRaft ? "100" : "1",
                Latency = "50ms",
                Loss = links[0].Replace(" ", "", StringComparison.Ordinal),
                Jitter = links[1].Replace(" ", "", StringComparison.Ordinal),
                Bandwidth = "100M",
            };
            AgreementGrid grid = AgreementGridReader.Read(text);
            AgreementOutcome[] outcomes = [.. Enumerable.Range(0, 2).Select(trial => SimulatedAgreement.Run(grid.Protocols[0], grid.Cases.First(each => !each.IsRead).Setting, new Seed(1).At(trial)))];
            Near(cells[2], outcomes.Average(o => o.MessagesPerOperation), Unit.One);
            Near(cells[3], outcomes.Average(o => o.BytesPerOperation), Unit.Byte);
            Near(cells[5].Split(", ")[0], outcomes.Average(o => o.LatenciesSeconds().Average()), Unit.Second);
            // In words: times the floor of three copies of 1 kB.
            if (isRaft && cells[1] == "0, 10 ms")
            {
                PageFigureCheck.IsShown("1.9", outcomes.Average(o => o.BytesPerOperation) / 3000, Unit.One).ShouldBeTrue(row);
                AgreementGrid refusing = AgreementGridReader.Read(text with { Protocols = "raft-refusing" });
                double again = SimulatedAgreement.Run(refusing.Protocols[0], refusing.Cases.First(each => !each.IsRead).Setting, new Seed(1).At(0)).BytesPerOperation;
                (again / 3000).ShouldBe(11, 1.5);
            }

            void Near(string cell, double value, Unit unit)
            {
                string shown = cell.Split(", ")[^1];
                double said = unit == Unit.One ? double.Parse(shown, CultureInfo.InvariantCulture) : Quantity.Parse(shown).In(unit);
                value.ShouldBe(said, (links[0] == "0" ? 0.03 : 0.12) * said, row);
            }
        }
    }

    [Theory]
    [InlineData("8.2", 8.24, "B", true)]
    [InlineData("8.2", 8.26, "B", false)]
    [InlineData("1.65 kB", 1646, "B", true)]
    [InlineData("1.65 kB", 1656, "B", false)]
    [InlineData("**89 ms**", 0.0893, "s", true)]
    [InlineData("89 s", 0.0893, "s", false)]
    [InlineData("21,180 %", 21_183, "%", true)]
    [InlineData("21,180 %", 21_187, "%", false)]
    [InlineData("1.1 %: 155 of 14,160", 1.09, "%", true)]
    [InlineData("none seen", 0, "%", true)]
    [InlineData("none seen", 0.1, "%", false)]
    [InlineData("3 kg", 3, "s", false)]
    public void AFigureIsItsValueRounded(string text, double value, string unit, bool isShown) => PageFigureCheck.IsShown(text, value, Unit.Parse(unit)).ShouldBe(isShown);

    [Fact]
    public void QuotesAreReadWithTheirLinesAndTerms() =>
        PageWords.Read("A page.\n\n<!-- figures in words\n\"nine of ten\" = a | b | c\n\"5.5 M/s with x\" = a says carry\n-->\n")
            .ShouldBe([(4, "nine of ten", "a | b | c"), (5, "5.5 M/s with x", "a says carry")]);

    [Fact]
    public void TablesAreReadByRowOrByColumnAndWhatNothingTiesIsTold()
    {
        const string Page = """
            <!-- figures: a | bytes * 2 | - | $ -->
            | way | x | y | z |
            |---|---|---|---|
            | `raft in us`: it | 1 kB | 3 | 4 M$ |
            | floor | 2 kB | | |

            <!-- figures by column: b, bytes, p99 -->
            | | naive | floor |
            |---|---|---|
            | all | 1,000 B, 3 s | |

            | no | comment |
            |---|---|
            """;
        (IReadOnlyList<PageFigure> figures, IReadOnlyList<int> untied) = PageTables.Read(Page);
        figures.ShouldBe(
        [
            new PageFigure(4, "a", "raft in us", "bytes", 2, "1 kB"), new PageFigure(4, "a", "raft in us", "$", 1, "4 M$"), new PageFigure(5, "a", "floor", "bytes", 2, "2 kB"),
            new PageFigure(10, "b", "naive", "bytes", 1, "1,000 B"), new PageFigure(10, "b", "naive", "p99", 1, "3 s"),
        ]);
        untied.ShouldBe([12]);
    }

    private static void Check(string name, Func<string, string> edit, Func<PageFigure, bool> concerns, Func<string, bool> concernsTerm)
    {
        string page = Path.Combine("docs", "cases", name + ".md");
        string file = Path.Combine("samples", "cases", name + ".yaml");
        string text = File.ReadAllText(Path.Combine(Root, page));
        (IReadOnlyList<PageFigure> figures, IReadOnlyList<int> untied) = PageTables.Read(text);
        IReadOnlyList<(int Line, string Quote, string Term)> words = PageWords.Read(text);
        untied.ShouldBeEmpty($"{page}: a table needs a comment before it that ties it to the audit");
        figures.Count.ShouldBeGreaterThan(15);
        var system = SystemFile.Parse(edit(File.ReadAllText(Path.Combine(Root, file))), file, Path.Combine(Root, "samples", "cases"));
        AuditResult audit = Auditor.Run(system, new AuditOptions { Seed = new Seed(1), Command = "test", Threads = 2 });
        IEnumerable<(int Line, string? Problem)> problems =
        [
            .. figures.Where(concerns).Select(figure => (figure.Line, PageFigureCheck.Problem(figure, audit))),
            .. words.Where(each => concernsTerm(each.Term)).Select(each => (each.Line, PageWords.Problem(text, each.Quote, each.Term, audit))),
        ];
        string[] wrong = [.. problems.Where(found => found.Problem is not null).Select(found => $"{page}:{found.Line}: {found.Problem}")];
        wrong.ShouldBeEmpty($"{string.Join('\n', wrong)}\nrenew by: ./headroom audit {file}");
    }
}
