using Headroom.Audit.Comparisons.Watchers;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Comparisons.Watchers;

/// <summary>The tables of docs/watch.md, run anew.</summary>
public sealed class WatchTablesTests
{
    [Theory]
    [InlineData("microservices")]
    [InlineData("batch")]
    [InlineData("training")]
    [InlineData("bookmarks")]
    [InlineData("lists")]
    public void EveryTableIsWhatRunsGive(string name)
    {
        string table = WatchTables.All.Single(table => table.Name == name).Write(new WatchTables(new Seed(2026), (_, _) => { }, default));
        string file = Path.Combine(SharedData.RepositoryRoot(), "docs", "watch.md");
        File.ReadAllText(file).Contains(table, StringComparison.Ordinal).ShouldBeTrue($"docs/watch.md should have this table:\n{table}");
        WatchTables.All.Count.ShouldBe(5);
    }
}
