namespace Headroom.Cli.Tests;

/// <summary><c>headroom draw broadcast</c> as a user types it.</summary>
public sealed class DrawCommandTests : IDisposable
{
    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    [Fact]
    public void ARunUnderWrittenFaultsIsDrawnTheSameEachTime()
    {
        string faults = _headroom.Write("faults.txt", "at 12 ms crash 3\nfrom 0 s to 30 ms loss 10 %\n");
        foreach (string file in new[] { "a.svg", "b.svg" })
        {
            Outcome outcome = _headroom.Run("draw", "broadcast", "--protocol", "push(3)", "--members", "8", "--latency", "10ms", "--faults", faults, "--out", file);
            outcome.ExitCode.ShouldBe(0, outcome.Errors);
        }

        string drawn = File.ReadAllText(_headroom.PathOf("a.svg"));
        drawn.ShouldStartWith("<svg");
        drawn.ShouldContain("crashed");
        drawn.ShouldContain("loss 10 %");
        File.ReadAllText(_headroom.PathOf("b.svg")).ShouldBe(drawn);
    }

    [Fact]
    public void ASwarmIsDrawnFromTheSeed()
    {
        foreach ((string file, string seed) in new[] { ("a.svg", "1"), ("b.svg", "1"), ("c.svg", "2") })
        {
            _headroom.Run("draw", "broadcast", "--protocol", "push(3)", "--members", "8", "--latency", "10ms", "--jitter", "uniform 3ms", "--faults", "swarm 90ms", "--seed", seed, "--out", file).ExitCode.ShouldBe(0);
        }

        string drawn = File.ReadAllText(_headroom.PathOf("a.svg"));
        File.ReadAllText(_headroom.PathOf("b.svg")).ShouldBe(drawn);
        File.ReadAllText(_headroom.PathOf("c.svg")).ShouldNotBe(drawn);
    }

    [Theory]
    [InlineData("--faults: statements", "--members", "8", "--faults", "plan.txt")]
    [InlineData("did you mean lognormal?", "--members", "8", "--jitter", "lognorml 5ms 1")]
    [InlineData("--faults:1:10: no fault 'crsh' (did you mean crash?)", "--members", "8", "--faults", "at 12 ms crsh 3")]
    [InlineData("at most 100", "--members", "101")]
    [InlineData("there is no directory", "--members", "8", "--out", "nowhere/run.svg")]
    public void WhatCannotBeDrawnIsSaidAndEndsWithTwo(string message, params string[] arguments)
    {
        string[] output = arguments.Contains("--out") ? [] : ["--out", "run.svg"];
        Outcome outcome = _headroom.Run(["draw", "broadcast", "--protocol", "push(3)", .. arguments, .. output]);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldContain(message);
        File.Exists(_headroom.PathOf("run.svg")).ShouldBeFalse();
    }
}
