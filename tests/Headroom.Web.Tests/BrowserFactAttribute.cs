namespace Headroom.Web.Tests;

/// <summary>A fact that needs a real browser; skipped with its reason where Debian's Chromium is absent.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public const string Chromium = "/usr/bin/chromium";

    public BrowserFactAttribute() => Skip = File.Exists(Chromium) ? null : $"no browser: {Chromium} is absent (apt-get install chromium)";
}
