using System.Text.Json;
using Headroom.Audit.Report;
using Headroom.Tests;

namespace Headroom.Web.Tests;

/// <summary>The invented reports in <c>web/fixtures</c>, as pages.</summary>
internal static class Fixtures
{
    /// <summary>A shop with five activities.</summary>
    public static byte[] Shop { get; } = Page("shop");

    /// <summary>Markup in every name, infinite values, empty plots, violations.</summary>
    public static byte[] Hostile { get; } = Page("hostile");

    private static byte[] Page(string name)
    {
        string json = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "web", "fixtures", name + ".json"));
        using JsonDocument document = JsonDocument.Parse(json);
        return ReportPage.Fill(document.RootElement.GetProperty("system").GetString()!, json);
    }
}
