using System.Text.Json;

namespace Headroom.Cli.Tests;

/// <summary><c>headroom lab watch</c> as a user types it.</summary>
public sealed class LabWatchCommandTests : IDisposable
{
    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    [Fact]
    public void KilledRelaysAndWatchersAndLostDatagramsEndWithTheStoresState()
    {
        Outcome outcome = _headroom.Run("lab", "watch", "--strategy", "relayed(5)+delta", "--watchers", "14", "--topics", "4", "--interested", "4", "--seconds", "2", "--kill-relay", "2", "--kill-watcher", "2", "--loss", "5%", "--json");
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        using var document = JsonDocument.Parse(outcome.Output);
        outcome.Output.ShouldContain("learned by lists");
        outcome.Output.ShouldContain("4 killed, 5 % lost");
        document.RootElement.ToString().ShouldContain("messages of repair");
    }

    [Theory]
    [InlineData("--kill-relay", "1", "relay")]
    [InlineData("--kill-watcher", "-1", "--kill-watcher")]
    [InlineData("--loss", "100%", "--loss")]
    [InlineData("--strategy", "telepathy", "--strategy")]
    public void ImpossibleOptionsAreTheInputsFault(string option, string value, string told)
    {
        Outcome outcome = _headroom.Run("lab", "watch", "--seconds", "1", option, value);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldContain(told);
        outcome.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public void OnlyDatagramsAreLost()
    {
        Outcome outcome = _headroom.Run("lab", "watch", "--seconds", "1", "--loss", "5%", "--transport", "tcp");
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldContain("udp");
    }
}
