using System.Text;
using Headroom.Evidence.Samples;

namespace Headroom.Evidence.Tests.Samples;

public sealed class SampleReaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("headroom-samples-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void LinesKeepTheirNewlineAndTheLastMayLackIt()
    {
        Sample sample = SampleReader.Read([Write("a.log", "one\n\ntwo\nthr")], MessageRule.Line, 1000);
        sample.Files[0].Ends.ShouldBe([4, 5, 9, 12]);
        sample.BytesRead.ShouldBe(12);
        sample.Remarks.ShouldHaveSingleItem().ShouldContain("no newline");
    }

    [Fact]
    public void TheCapIsSharedEvenlyAndWhatShortFilesLeaveGoesToTheOthers()
    {
        string lines = string.Concat(Enumerable.Repeat("123456789\n", 100));
        Sample sample = SampleReader.Read([Write("long1.log", lines), Write("short.log", "x\n"), Write("long2.log", lines)], MessageRule.Line, 402);
        sample.Files.Select(f => f.Bytes.Length).ShouldBe([200, 2, 200]);
        sample.BytesInFiles.ShouldBe(2002);
    }

    [Fact]
    public void MessagesThatAreFilesComeWhole()
    {
        string[] paths = [Write("a", new string('a', 60)), Write("b", new string('b', 60)), Write("c", new string('c', 30))];
        Sample sample = SampleReader.Read(paths, MessageRule.File, 100);
        sample.Files.Select(f => Path.GetFileName(f.Path)).ShouldBe(["a", "c"]);
        sample.Remarks.ShouldHaveSingleItem().ShouldContain("b");
    }

    [Fact]
    public void RecordsHaveTheirSize()
    {
        Sample sample = SampleReader.Read([Write("r.bin", new string('\0', 96))], MessageRule.Fixed(16), 40);
        sample.Files[0].Ends.ShouldBe([16, 32]);
        Should.Throw<SampleException>(() => SampleReader.Read([Write("s.bin", new string('\0', 97))], MessageRule.Fixed(16), 40)).Problem.ShouldContain("cut short");
    }

    [Fact]
    public void BinaryDataAreNoLines() =>
        Should.Throw<SampleException>(() => SampleReader.Read([Write("b.log", "text\n\0\n")], MessageRule.Line, 1000)).Problem.ShouldContain("binary data at byte 5");

    [Fact]
    public void MissingEmptyAndDirectoriesAreSaidSo()
    {
        Should.Throw<SampleException>(() => SampleReader.Read([Path.Combine(_directory, "none.log")], MessageRule.Line, 10)).Problem.ShouldBe("no such file");
        Should.Throw<SampleException>(() => SampleReader.Read([_directory], MessageRule.Line, 10)).Problem.ShouldContain("directory");
        Should.Throw<SampleException>(() => SampleReader.Read([Write("empty.log", "")], MessageRule.Line, 10)).Problem.ShouldContain("empty");
        Should.Throw<SampleException>(() => SampleReader.Read([Write("wide.log", new string('x', 50) + "\n")], MessageRule.Line, 10)).Problem.ShouldContain("longer than its share");
        SampleReader.Read([Write("empty.log", ""), Write("full.log", "x\n")], MessageRule.Line, 10).Remarks.ShouldHaveSingleItem().ShouldContain("empty.log is empty");
    }

    [Fact]
    public void TheNumberOfMessagesIsCappedToo()
    {
        Sample sample = SampleReader.Read([Write("n1.log", new string('\n', 40_000)), Write("n2.log", new string('\n', 40_000))], MessageRule.Line, 100_000);
        sample.Files.Select(f => f.Ends.Count).ShouldBe([SampleReader.MessagesMax / 2, SampleReader.MessagesMax / 2]);
        sample.BytesRead.ShouldBe(SampleReader.MessagesMax);
    }

    [Fact]
    public void ManyRemarksAreSummedUp()
    {
        string[] paths = [Write("full.log", "x\n"), .. Enumerable.Range(0, 20).Select(i => Write($"empty{i}.log", ""))];
        IReadOnlyList<string> remarks = SampleReader.Read(paths, MessageRule.Line, 1000).Remarks;
        remarks.Count.ShouldBe(6);
        remarks[^1].ShouldBe("and the like of 15 more files");
    }

    [Fact]
    public void CompressedFilesAreRemarked() =>
        SampleReader.Read([WriteBytes("a.gz", [0x1f, 0x8b, 8, 1])], MessageRule.File, 10).Remarks.ShouldHaveSingleItem().ShouldContain("compressed already");

    private string Write(string name, string text) => WriteBytes(name, Encoding.ASCII.GetBytes(text));

    private string WriteBytes(string name, byte[] bytes)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
