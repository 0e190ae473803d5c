using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Reading;

namespace Headroom.Audit.Tests.Comparisons;

public sealed class FinishedExperimentsTests
{
    [Fact]
    public void AFullDiskAndAFolderAreToldAtTheirNames()
    {
        string folder = Path.GetTempPath();
        Should.Throw<InputException>(() => new FinishedExperiments(folder, "")).Message.ShouldBe($"{folder}: is a directory; name a file to keep finished cells in");
        if (OperatingSystem.IsLinux())
        {
            string said = Should.Throw<InputException>(() => new FinishedExperiments("/dev/full", "")).Message;
            said.ShouldStartWith("/dev/full: finished cells cannot be kept here: No space left on device");
            said.ShouldEndWith("--resume FILE names another place");
        }
    }
}
