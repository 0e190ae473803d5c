using System.Diagnostics;
using Headroom.Tests;

namespace Headroom.Web.Tests;

public sealed class PureFunctionsTests
{
    /// <summary>The page's own tests (<c>web/tests</c>), by Node's test runner.</summary>
    [Fact]
    public async Task ThePagesOwnTestsPass()
    {
        using var npm = new Process
        {
            StartInfo = new ProcessStartInfo("npm", ["test", "--silent"])
            {
                WorkingDirectory = Path.Combine(SharedData.RepositoryRoot(), "web"),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _ = npm.Start();
        Task<string> errors = npm.StandardError.ReadToEndAsync();
        string output = await npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync();
        npm.ExitCode.ShouldBe(0, output + await errors);
        output.ShouldContain("# fail 0");
    }
}
