using Headroom.Audit.Comparisons;
using Headroom.Audit.Comparisons.Broadcasts;
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

    private static ComparisonResult Compared()
    {
        var text = new BroadcastGridText { Protocols = "flooding,push(3),tree(4)", Members = "20,30", Jitter = "5ms", Loss = "0,1%" };
        var comparison = new BroadcastComparison(BroadcastGridReader.Read(text, new Seed(1)), new Seed(1));
        return ComparisonRun.Run(comparison, new RunOptions { Policy = new TrialPolicy { Trials = 3 }, Threads = 1, Clock = TimeProvider.System, Command = "headroom compare broadcast" }, default);
    }
}
