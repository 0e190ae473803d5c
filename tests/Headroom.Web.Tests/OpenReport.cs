using Microsoft.Playwright;

namespace Headroom.Web.Tests;

/// <summary>A report in a tab, with what it asked the network for and what the console said.</summary>
public sealed class OpenReport : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _requests = [];
    private readonly List<string> _complaints = [];

    internal OpenReport(IBrowserContext context, IPage tab, string address)
    {
        (_context, Tab, Address) = (context, tab, address);
        tab.Request += (_, request) => _requests.Add(request.Url);
        tab.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        tab.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Tab { get; }

    public string Address { get; }

    /// <summary>Whatever was asked for beside the file itself and data inside it.</summary>
    public IEnumerable<string> OtherRequests => _requests.Where(url => url != Address && !url.StartsWith("data:", StringComparison.Ordinal));

    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>A picture for people, under <c>artifacts/screenshots</c>.</summary>
    public Task PictureAsync(string name, bool whole = true) => Tab.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(Headroom.Tests.SharedData.RepositoryRoot(), "artifacts", "screenshots", name + ".png"),
        FullPage = whole,
    });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
