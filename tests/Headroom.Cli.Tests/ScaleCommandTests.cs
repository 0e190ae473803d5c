namespace Headroom.Cli.Tests;

/// <summary><c>headroom scale</c> as a user types it.</summary>
public sealed class ScaleCommandTests : IDisposable
{
    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    [Fact]
    public void RunsAreKeptAndFitted()
    {
        foreach (string members in new[] { "100", "200", "1k" })
        {
            Outcome outcome = _headroom.Run("scale", "--protocol", "plumtree(5,0)", "--members", members, "--broadcasts", "2", "--append", "runs.jsonl");
            outcome.ExitCode.ShouldBe(0, outcome.Output + outcome.Errors);
            outcome.Output.ShouldContain("a member");
        }

        File.ReadAllLines(_headroom.PathOf("runs.jsonl")).Length.ShouldBe(3);
        Outcome fit = _headroom.Run("scale", "--fit", "runs.jsonl", "--from", "1", "--to", "1M");
        fit.ExitCode.ShouldBe(0, fit.Errors);
        fit.Output.ShouldContain("money a broadcast");
        fit.Output.ShouldContain("3 sizes");
    }

    [Theory]
    [InlineData("--members", "0")]
    [InlineData("--members", "1k,2k")]
    [InlineData("--topology", "regular:2")]
    [InlineData("--protocol", "plumtre")]
    [InlineData("--loss", "100%")]
    [InlineData("--latency", "-1ms")]
    [InlineData("--fit", "nothing.jsonl")]
    public void ImpossibleOptionsAreTheInputsFault(string option, string value)
    {
        Outcome outcome = _headroom.Run("scale", option, value);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldNotContain("   at ");
    }
}
