using Headroom.Audit.Report;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Repository;

/// <summary>Documents that are written from records stay what the records say.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void TheListOfBoundsIsCurrent() =>
        (File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "docs", "bounds.md")) == BoundsPage.Markdown())
            .ShouldBeTrue("docs/bounds.md is not what the records say; run: ./headroom limit --markdown > docs/bounds.md");

    [Fact]
    public void TheListOfProtocolsIsCurrent() =>
        (File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "docs", "protocols.md")) == ProtocolsPage.Markdown())
            .ShouldBeTrue("docs/protocols.md is not what the records say; run: ./headroom protocols --markdown > docs/protocols.md");
}
