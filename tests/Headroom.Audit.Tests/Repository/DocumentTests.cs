using Headroom.Audit.Report;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Repository;

/// <summary>Documents that are written from records stay what the records say.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void TheListOfBoundsIsCurrent() =>
        File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "docs", "bounds.md")).ShouldBe(BoundsPage.Markdown(), "run: ./headroom limit --markdown > docs/bounds.md");
}
