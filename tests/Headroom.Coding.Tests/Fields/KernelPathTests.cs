using System.Diagnostics;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Tests.Fields;

/// <summary>The kernels in processes of their own whose instructions are switched off: the path that is meant is taken, and gives the same bytes.</summary>
public sealed class KernelPathTests
{
    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic", KernelPath.Scalar)]
    [InlineData("DOTNET_EnableAVX2", KernelPath.Scalar)]
    [InlineData("DOTNET_EnableAVX512", KernelPath.Avx2)]
    [InlineData("DOTNET_EnableGFNI", KernelPath.Avx2)]
    public void WithLessInstructionsTheBytesAreTheSame(string switchedOff, KernelPath expected)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(KernelDigest).Assembly.Location, KernelDigest.Command },
            Environment = { [switchedOff] = "0" },
        };
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd().Trim();
        child.WaitForExit(60_000).ShouldBeTrue();
        KernelPath path = expected <= MatrixKernel.BestPath ? expected : MatrixKernel.BestPath;
        output.ShouldBe($"{KernelDigest.OfKernels()} {path}");
    }
}
