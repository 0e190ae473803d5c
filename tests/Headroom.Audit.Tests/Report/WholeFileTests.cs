using Headroom.Audit.Reading;
using Headroom.Audit.Report;

namespace Headroom.Audit.Tests.Report;

public sealed class WholeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-whole-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsWrittenIsWholeAndAlone()
    {
        string path = Path.Combine(_folder, "out.json");
        byte[] content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)i)];
        WholeFile.Write(path, content);
        File.ReadAllBytes(path).ShouldBe(content);
        WholeFile.Write(path, [1]);
        File.ReadAllBytes(path).ShouldBe([1]);
        Directory.GetFileSystemEntries(_folder).ShouldBe([path]);
    }

    [Fact]
    public void ACancelledWriteLeavesWhatWasThereAndNothingElse()
    {
        string path = Path.Combine(_folder, "out.json");
        File.WriteAllText(path, "before");
        Should.Throw<OperationCanceledException>(() => WholeFile.Write(path, new byte[10], new CancellationToken(canceled: true)));
        File.ReadAllText(path).ShouldBe("before");
        Directory.GetFileSystemEntries(_folder).ShouldBe([path]);
    }

    [Fact]
    public void ADirectoryInTheWayIsNamedAndNothingIsLeftBehind()
    {
        string path = Path.Combine(_folder, "taken");
        _ = Directory.CreateDirectory(path);
        Should.Throw<InputException>(() => WholeFile.Write(path, new byte[10])).Problem.ShouldContain("it is a directory");
        Directory.GetFileSystemEntries(_folder).ShouldBe([path]);
    }

    [Fact]
    public void AMissingFolderIsNamed() =>
        Should.Throw<InputException>(() => WholeFile.Write(Path.Combine(_folder, "nowhere", "out.json"), [1])).Problem.ShouldContain("there is no directory");

    [Fact]
    public void ASymbolicLinkStaysAndItsTargetIsReplaced()
    {
        string target = Path.Combine(_folder, "target");
        string link = Path.Combine(_folder, "link");
        File.WriteAllText(target, "before");
        _ = File.CreateSymbolicLink(link, target);
        WholeFile.Write(link, "after"u8);
        File.ReadAllText(target).ShouldBe("after");
        new FileInfo(link).LinkTarget.ShouldBe(target);
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/stdout")]
    [InlineData("/proc/self/fd/1")]
    public void ADeviceIsRefusedBecauseARenameWouldReplaceIt(string path)
    {
        if (File.Exists(path) && (WholeFile.Resolve(path).StartsWith("/dev/", StringComparison.Ordinal) || WholeFile.Resolve(path).StartsWith("/proc/", StringComparison.Ordinal)))
        {
            Should.Throw<InputException>(() => WholeFile.Check(path, [])).Problem.ShouldContain("device");
        }
    }
}
