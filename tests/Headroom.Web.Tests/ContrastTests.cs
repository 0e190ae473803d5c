using Microsoft.Playwright;

namespace Headroom.Web.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ContrastTests(Browser browser)
{
    /// <summary>
    /// WCAG 2.2 success criterion 1.4.3 for every element that holds text of its own: the worst ratio of its colour to the first opaque
    /// ground behind it. In charts, text in the page's own colour lies on the discs that number the busiest links.
    /// </summary>
    private const string WorstScript = """
        () => {
          const linear = c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          const parse = text => text.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
          let worst = { ratio: 99, text: "" };
          for (const e of document.querySelectorAll("main *")) {
            const own = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join(" ").trim();
            if (!own || !e.checkVisibility()) continue;
            let ground = e;
            while (ground && (parse(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
            const style = getComputedStyle(e);
            const ink = e instanceof SVGElement ? style.fill : style.color;
            if (ink === "none") continue;
            const page = getComputedStyle(ground ?? document.body).backgroundColor;
            const behind = e instanceof SVGElement && ink === page ? getComputedStyle(document.querySelector(".disc")).backgroundColor : page;
            const [a, b] = [light(parse(ink)), light(parse(behind))].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            if (ratio < worst.ratio) worst = { ratio, text: own.slice(0, 60) + " in " + (e.getAttribute("class") ?? e.tagName) };
          }
          return [worst.ratio.toFixed(2), worst.text];
        }
        """;

    [BrowserFact]
    public async Task TextIsReadableInLightAndDark()
    {
        foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using OpenReport report = await browser.OpenAsync(Fixtures.Shop, scheme: scheme);
            await report.Tab.Locator(".chart svg").First.WaitForAsync();
            string[] worst = await report.Tab.EvaluateAsync<string[]>(WorstScript);
            double.Parse(worst[0]).ShouldBeGreaterThanOrEqualTo(4.5, $"{scheme}: {worst[1]}");
            await report.PictureAsync($"{scheme}");
        }
    }

    [BrowserFact]
    public async Task DarkIsDark()
    {
        await using OpenReport report = await browser.OpenAsync(Fixtures.Shop, scheme: ColorScheme.Dark);
        string ground = await report.Tab.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        ground.ShouldBe("rgb(21, 23, 27)");
    }
}
