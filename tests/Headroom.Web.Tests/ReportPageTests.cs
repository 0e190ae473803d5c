using Microsoft.Playwright;

namespace Headroom.Web.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ReportPageTests(Browser browser)
{
    private const string SidewaysScript = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    [BrowserFact]
    public async Task OpensFromDiskWithoutNetworkOrComplaints()
    {
        await using OpenReport report = await browser.OpenAsync(Fixtures.Shop);
        await report.Tab.Locator(".chart svg").First.WaitForAsync();
        report.OtherRequests.ShouldBeEmpty();
        report.Complaints.ShouldBeEmpty();
        (await report.Tab.TitleAsync()).ShouldBe("Atlas shop — Headroom");
        await report.PictureAsync("desktop");
    }

    [BrowserFact]
    public async Task TheFirstScreenSaysWhatIsAtStakeAndWhatIsFalse()
    {
        await using OpenReport report = await browser.OpenAsync(Fixtures.Shop);
        IPage tab = report.Tab;
        (await tab.Locator("h1").InnerTextAsync()).ShouldBe("Atlas shop");
        string[] figures = [.. await tab.Locator(".figure dd:first-of-type").AllInnerTextsAsync()];
        figures.Length.ShouldBe(4);
        figures[0].ShouldStartWith("$888k");
        figures[3].ShouldStartWith("2 of 5");
        (await tab.Locator(".falsehoods li").AllInnerTextsAsync()).ShouldContain(text => text.Contains("99.99 % within 3 rounds", StringComparison.Ordinal) && text.Contains("a talk", StringComparison.Ordinal));
        string[] activities = [.. await tab.Locator(".ranking tbody th a").AllInnerTextsAsync()];
        activities.ShouldBe(["photos", "nightly copy", "audit log", "checkout", "price push"]);
        IReadOnlyList<string> rows = await tab.Locator(".ranking tbody tr").AllInnerTextsAsync();
        rows[0].ShouldContain("linear scale");
        rows[3].ShouldContain("log scale");
        float bottom = (await tab.Locator(".ranking tbody tr").First.BoundingBoxAsync())!.Y;
        bottom.ShouldBeLessThan(760, "the table begins on the first screen");
    }

    [BrowserFact]
    public async Task FoldOutsOpenFromTheKeyboard()
    {
        await using OpenReport report = await browser.OpenAsync(Fixtures.Shop);
        IPage tab = report.Tab;
        ILocator limits = tab.Locator("#activity-photos .foldout", new PageLocatorOptions { HasText = "The limits" });
        ILocator fold = limits.Locator("summary");
        ILocator body = limits.Locator(".foldout-body");
        (await body.IsVisibleAsync()).ShouldBeFalse();
        for (int presses = 0; presses < 60 && !await fold.EvaluateAsync<bool>("e => e === document.activeElement"); presses++)
        {
            await tab.Keyboard.PressAsync("Tab");
        }

        (await fold.EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle")).ShouldBe("solid", "focus is visible");
        await tab.Keyboard.PressAsync("Enter");
        (await body.IsVisibleAsync()).ShouldBeTrue();
        (await body.InnerTextAsync()).ShouldContain("every n-2 symbols determine the data");
    }

    [BrowserFact]
    public async Task PaperShowsWhatTheScreenFoldsAway()
    {
        await using OpenReport report = await browser.OpenAsync(Fixtures.Shop);
        await report.Tab.Locator(".chart svg").First.WaitForAsync();
        await report.Tab.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Assertions.Expect(report.Tab.Locator("#activity-photos .evidence")).ToBeVisibleAsync();
        (await report.Tab.Locator(".sliders").First.IsVisibleAsync()).ShouldBeFalse();
        await report.Tab.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });
        await Assertions.Expect(report.Tab.Locator("#activity-photos .evidence")).ToBeHiddenAsync();
        string folder = Path.Combine(Headroom.Tests.SharedData.RepositoryRoot(), "artifacts", "screenshots");
        _ = Directory.CreateDirectory(folder);
        byte[] pdf = await report.Tab.PdfAsync(new PagePdfOptions { Path = Path.Combine(folder, "print.pdf"), PreferCSSPageSize = true });
        pdf.Length.ShouldBeGreaterThan(10_000);
    }

    [BrowserFact]
    public async Task APhoneNeverScrollsSideways()
    {
        foreach (byte[] page in new[] { Fixtures.Shop, Fixtures.Hostile })
        {
            await using OpenReport report = await browser.OpenAsync(page, width: 360, height: 740);
            await report.Tab.Locator(".chart svg").First.WaitForAsync();
            (await report.Tab.EvaluateAsync<int>(SidewaysScript)).ShouldBe(0);
            await report.PictureAsync(ReferenceEquals(page, Fixtures.Shop) ? "phone" : "phone-hostile");
            foreach (ILocator fold in await report.Tab.Locator("summary").AllAsync())
            {
                await fold.EvaluateAsync("e => e.parentElement.open = true");
            }

            (await report.Tab.EvaluateAsync<int>(SidewaysScript)).ShouldBe(0);
        }
    }

    [BrowserFact]
    public async Task MarkupInNamesStaysText()
    {
        await using OpenReport report = await browser.OpenAsync(Fixtures.Hostile);
        await report.Tab.Locator(".chart svg").First.WaitForAsync();
        (await report.Tab.EvaluateAsync<bool>("'broken' in window")).ShouldBeFalse();
        (await report.Tab.Locator("img").CountAsync()).ShouldBe(0);
        (await report.Tab.Locator("h1").InnerTextAsync()).ShouldContain("</script><img src=x onerror=");
        report.OtherRequests.ShouldBeEmpty();
        report.Complaints.ShouldBeEmpty();
        foreach (ILocator chart in await report.Tab.Locator(".chart").AllAsync())
        {
            await chart.HoverAsync(new LocatorHoverOptions { Force = true });
        }

        (await report.Tab.Locator("img").CountAsync()).ShouldBe(0);
        report.Complaints.ShouldBeEmpty();
        await report.PictureAsync("hostile");
    }

    [BrowserFact]
    public async Task ViolationsStandAboveEverything()
    {
        await using OpenReport report = await browser.OpenAsync(Fixtures.Hostile);
        ILocator alarm = report.Tab.GetByRole(AriaRole.Alert);
        (await alarm.InnerTextAsync()).ShouldContain("2 numbers of ours beat a theorem");
        (await alarm.BoundingBoxAsync())!.Y.ShouldBeLessThan((await report.Tab.Locator("h1").BoundingBoxAsync())!.Y);
    }

    [BrowserFact]
    public async Task PricesMoveTheMoney()
    {
        await using OpenReport report = await browser.OpenAsync(Fixtures.Shop);
        ILocator total = report.Tab.Locator(".panel-total");
        string before = await total.InnerTextAsync();
        ILocator slider = report.Tab.GetByLabel("storage");
        await slider.FocusAsync();
        await report.Tab.Keyboard.PressAsync("End");
        string after = await total.InnerTextAsync();
        before.ShouldContain("$429k");
        after.ShouldContain("$1.4M");
        await report.Tab.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "As stated" }).ClickAsync();
        (await total.InnerTextAsync()).ShouldBe(before);
    }
}
