using Headroom.Audit.Comparisons;
using Headroom.Audit.Comparisons.Agreements;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Comparisons.Codes;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Kernel.Randomness;
using Microsoft.Playwright;

namespace Headroom.Web.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ComparisonPageTests(Browser browser)
{
    [BrowserFact]
    public async Task AComparisonOpensFromDiskWithItsPlotsAndEveryNumber()
    {
        await using OpenReport report = await browser.OpenAsync(ComparisonPage.Of(Compared()));
        IPage tab = report.Tab;
        await tab.Locator(".chart svg").First.WaitForAsync();
        report.OtherRequests.ShouldBeEmpty();
        report.Complaints.ShouldBeEmpty();
        (await tab.Locator("h1").InnerTextAsync()).ShouldBe("Broadcast, compared");
        string[] plots = [.. await tab.Locator(".exhibit h3").AllInnerTextsAsync()];
        plots.ShouldContain("Messages against members");
        plots.ShouldContain("Delivery over time");
        plots.ShouldContain("Redundancy buys time");
        (await tab.Locator("tbody b.role-best").AllInnerTextsAsync()).Count.ShouldBe(4);
        ILocator fold = tab.Locator(".foldout", new PageLocatorOptions { HasText = "30 members, complete, 50 ms, jitter 5 ms, 1 Gbit/s, loss 0 %" });
        await fold.Locator("summary").ClickAsync();
        string table = await fold.InnerTextAsync();
        table.ShouldContain("push(3)");
        table.ShouldContain("memoryPerMember");
        await report.PictureAsync("comparison");
    }

    [BrowserFact]
    public async Task GroupsThatAgreeAreDrawnReadsAndWritesApart()
    {
        var text = new AgreementGridText { Protocols = "raft,raft-lease,isr(2),isr-flush(2),abd", Members = "3,5,7", Rate = "20,200", Failures = "0,1", Operations = "300" };
        await using OpenReport report = await browser.OpenAsync(ComparisonPage.Of(Run(new AgreementComparison(AgreementGridReader.Read(text), new Seed(1)))));
        IPage tab = report.Tab;
        await tab.Locator(".chart svg").First.WaitForAsync();
        report.OtherRequests.ShouldBeEmpty();
        report.Complaints.ShouldBeEmpty();
        (await tab.Locator("h1").InnerTextAsync()).ShouldBe("Agreement, compared");
        string[] plots = [.. await tab.Locator(".exhibit h3").AllInnerTextsAsync()];
        foreach (string operations in new[] { "writes", "reads" })
        {
            plots.ShouldContain($"Bytes against time: {operations}");
            plots.ShouldContain($"Messages against members: {operations}");
            plots.ShouldContain($"99th percentile of time against rate: {operations}");
            plots.ShouldContain($"Operations that wait for an answer: {operations}");
        }

        await report.PictureAsync("agreement");
    }

    /// <summary>Codes lie close together: in each drawing every name is there, and none lies on another.</summary>
    [BrowserFact]
    public async Task NamesOfCodesCoverNothing()
    {
        await using OpenReport report = await browser.OpenAsync(ComparisonPage.Of(Run(new CodeComparison(CodeGridReader.Read(new CodeGridText()), new Seed(1)))));
        IPage tab = report.Tab;
        await tab.Locator(".chart svg").First.WaitForAsync();
        string[] covered = await tab.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll(".chart svg")].flatMap((plot, n) => {
              const names = [...plot.querySelectorAll("text")].filter((text) => text.textContent.includes("(") && /[a-z]\(\d/.test(text.textContent));
              const boxes = names.map((text) => ({ name: text.textContent, box: text.getBoundingClientRect() }));
              const overlap = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
              const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a.box, b.box)).map((b) => `drawing ${n}: ${a.name} on ${b.name}`));
              return boxes.length === 6 ? pairs : [...pairs, `drawing ${n}: ${boxes.length} names`];
            })
            """);
        covered.ShouldBeEmpty();
        await report.PictureAsync("codes");
    }

    private static ComparisonResult Compared()
    {
        var text = new BroadcastGridText { Protocols = "flooding,push(3),tree(4)", Members = "20,30", Jitter = "5ms", Loss = "0,1%" };
        return Run(new BroadcastComparison(BroadcastGridReader.Read(text, new Seed(1)), new Seed(1)));
    }

    private static ComparisonResult Run(IComparison comparison) =>
        ComparisonRun.Run(comparison, new RunOptions { Policy = new TrialPolicy { Trials = 3 }, Threads = 1, Clock = TimeProvider.System, Command = "headroom compare" }, default);
}
