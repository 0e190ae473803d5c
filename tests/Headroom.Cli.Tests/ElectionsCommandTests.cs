namespace Headroom.Cli.Tests;

/// <summary><c>headroom elections</c>, and the record of Raft, as a user types them.</summary>
public sealed class ElectionsCommandTests : IDisposable
{
    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    [Fact]
    public void OurTimesStandBesideTheMeasured()
    {
        File.WriteAllText(_headroom.PathOf("measured.csv"), "timeout_ms,cumulative_fraction,time_to_leader_ms\n150-300,0.5,171.2\n");
        Outcome outcome = _headroom.Run("elections", "--timeouts", "150-300,50-100", "--trials", "20", "--measured", "measured.csv", "--markdown");
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        outcome.Output.ShouldContain("(171.2)");
        outcome.Output.ShouldContain("| 50-100 | 20 |");
    }

    [Theory]
    [InlineData("--timeouts", "150")]
    [InlineData("--timeouts", "300-150")]
    [InlineData("--trials", "0")]
    [InlineData("--latency", "-1")]
    [InlineData("--measured", "nothing.csv")]
    public void ImpossibleOptionsAreTheInputsFault(string option, string value)
    {
        Outcome outcome = _headroom.Run("elections", option, value);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public void TheRecordOfRaftIsTold()
    {
        Outcome outcome = _headroom.Run("protocols", "raft");
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        outcome.Output.ShouldContain("4(n-1)");
        outcome.Output.ShouldContain("[ongaro2014]");
    }
}
