using Microsoft.Playwright;

namespace Headroom.Web.Tests;

/// <summary>The tests that share one browser, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Browser>
{
    public const string Name = "one browser";
}

/// <summary>One Chromium for all tests, cut off from every network.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Generous: other work may hold the machine.</summary>
    private const float TimeoutMs = 60_000;

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _folder = "";

    public async Task InitializeAsync()
    {
        if (!File.Exists(BrowserFactAttribute.Chromium))
        {
            return;
        }

        _folder = Directory.CreateTempSubdirectory("headroom-page-").FullName;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = BrowserFactAttribute.Chromium, Args = Flags });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_folder.Length > 0)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Opens a report from disk as a reader would, and notes everything it asks for or complains of.</summary>
    public async Task<OpenReport> OpenAsync(byte[] page, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName() + ".html");
        await File.WriteAllBytesAsync(path, page);
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Offline = true,
        });
        IPage tab = await context.NewPageAsync();
        tab.SetDefaultTimeout(TimeoutMs);
        var open = new OpenReport(context, tab, "file://" + path);
        await tab.GotoAsync(open.Address);
        return open;
    }
}
