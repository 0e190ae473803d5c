using System.Diagnostics;
using Headroom.Dissemination.Broadcasts;

namespace Headroom.Dissemination.Tests.Broadcasts;

/// <summary>A run is a function of its seed: on one thread and on two, with hardware intrinsics and without.</summary>
public class DeterminismTests
{
    public static TheoryData<BroadcastStrategy> Strategies() => [.. DeterminismDigest.Strategies];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void EveryProtocolRunsTheSameUnderEveryFaultOnOneThreadAndOnTwo(BroadcastStrategy strategy)
    {
        (string Plan, string Digest, long Events)[] once = DeterminismDigest.Of(strategy, threads: 1);
        DeterminismDigest.Of(strategy, threads: 2).ShouldBe(once);
        // Something happened in every run, and no two were the same.
        once.ShouldAllBe(run => run.Events > 3);
        once.Select(run => run.Digest).Distinct().Count().ShouldBe(once.Length);
        DeterminismDigest.Of(strategy, threads: 2, seed: 8).Select(run => run.Digest).ShouldNotContain(digest => once.Any(run => run.Digest == digest));
    }

    [Fact]
    public async Task WithoutIntrinsicsEveryRunIsTheSame()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(DeterminismDigest).Assembly.Location, DeterminismDigest.Command },
            Environment = { ["DOTNET_EnableHWIntrinsic"] = "0" },
        };
        using Process child = Process.Start(start)!;
        Task<string> reading = child.StandardOutput.ReadToEndAsync();
        string[] own = [.. DeterminismDigest.Strategies.Select(strategy => $"{strategy} {string.Join(' ', DeterminismDigest.Of(strategy, threads: 2).Select(run => run.Digest))}"), "vectors off"];
        using var patience = new CancellationTokenSource(60_000);
        try
        {
            await child.WaitForExitAsync(patience.Token);
        }
        finally
        {
            child.Kill(entireProcessTree: true);
        }

        (await reading).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(own);
    }
}
