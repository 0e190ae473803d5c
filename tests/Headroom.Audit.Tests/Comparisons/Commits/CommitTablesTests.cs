using Headroom.Audit.Comparisons.Commits;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Comparisons.Commits;

/// <summary>The tables of docs/truetime.md, run anew.</summary>
public sealed class CommitTablesTests
{
    public static TheoryData<string> Names => [.. CommitTables.All.Select(table => table.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheTableIsWhatRunsGive(string name)
    {
        string table = CommitTables.All.First(table => table.Name == name).Write(new CommitTables(8, new Seed(2026), (_, _) => { }, CancellationToken.None));
        string file = Path.Combine(SharedData.RepositoryRoot(), "docs", "truetime.md");
        File.ReadAllText(file).Contains(table, StringComparison.Ordinal).ShouldBeTrue($"docs/truetime.md should have this table:\n{table}");
    }
}
