using Headroom.Coding.Erasure;
using Headroom.Coding.Files;
using Headroom.Coding.Tests.Fields;

namespace Headroom.Coding.Tests.Files;

/// <summary>A crash is a stream that fails, and files cut off anywhere.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly StripeShape Shape = new(new ReedSolomonCode(3, 2), 256);
    private static readonly byte[] Content = KernelDigest.Bytes(20 * 768 + 100, 3);
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void AnEncodingThatWasCutOffGoesOnWhereItStopped()
    {
        ShardFolderWriter.Encode(Shape, new MemoryStream(Content), _scratch["whole"]);
        for (int cut = 0; cut < 8000; cut += 611)
        {
            string folder = _scratch["cut"];
            Should.Throw<IOException>(() => ShardFolderWriter.Encode(Shape, new FailingStream(Content, 9000), folder));
            Directory.Exists(folder).ShouldBeFalse();
            // The system had not written everything of every file.
            string[] files = [.. Directory.GetFiles(ShardFolderWriter.PartialOf(folder)).Order()];
            using (FileStream stream = File.Open(files[cut % 5], FileMode.Open))
            {
                stream.SetLength(Math.Max(0, stream.Length - cut));
            }

            ShardFolderWriter.Encode(Shape, new MemoryStream(Content), folder).ShouldBe(Content.Length);
            foreach (string name in Directory.GetFiles(_scratch["whole"]).Select(file => Path.GetFileName(file)))
            {
                File.ReadAllBytes(Path.Combine(folder, name)).ShouldBe(File.ReadAllBytes(Path.Combine(_scratch["whole"], name)));
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Going on writes only what is missing: the first blocks keep what stands there.</summary>
    [Fact]
    public void WhatIsWholeIsNotWrittenAgain()
    {
        string folder = _scratch["cut"];
        var told = new List<long>();
        Should.Throw<IOException>(() => ShardFolderWriter.Encode(Shape, new FailingStream(Content, 9000), folder));
        ShardFolderWriter.Encode(Shape, new MemoryStream(Content), folder, progress: new Collected(told));
        told[0].ShouldBeGreaterThan(8000);
    }

    [Fact]
    public void AnotherContentDoesNotGoOnWithIt()
    {
        Should.Throw<IOException>(() => ShardFolderWriter.Encode(Shape, new FailingStream(Content, 9000), _scratch["cut"]));
        byte[] other = [.. Content];
        other[5] ^= 1;
        Should.Throw<ShardException>(() => ShardFolderWriter.Encode(Shape, new MemoryStream(other), _scratch["cut"])).Message.ShouldContain("another content");
        Should.Throw<ShardException>(() => ShardFolderWriter.Encode(Shape, new MemoryStream(Content, 0, 100), _scratch["cut"])).Message.ShouldContain("another content");
        Should.Throw<ShardException>(() => ShardFolderWriter.Encode(new StripeShape(Shape.Code, 512), new MemoryStream(Content), _scratch["cut"])).Message.ShouldContain("was begun as rs(3,2) in blocks of 256 bytes");
        ShardFolderWriter.Encode(Shape, new MemoryStream(other), _scratch["cut"], anew: true).ShouldBe(other.Length);
    }

    [Fact]
    public void AFolderThatExistsIsNotWrittenInto()
    {
        Directory.CreateDirectory(_scratch["there"]);
        Should.Throw<ShardException>(() => ShardFolderWriter.Encode(Shape, new MemoryStream(Content), _scratch["there"])).Message.ShouldContain("exists already");
        Should.Throw<ShardException>(() => ShardFolderWriter.Encode(Shape, new MemoryStream(Content), _scratch["no/where"])).Message.ShouldContain("there is no folder");
    }

    [Fact]
    public void ADecodingThatWasCutOffGoesOnWhereItStopped()
    {
        ShardFolderWriter.Encode(Shape, new MemoryStream(Content), _scratch["shards"]);
        using ShardFolder folder = ShardFolder.Open(_scratch["shards"]);
        foreach (int length in (int[])[0, 767, 768, 5000, Content.Length, Content.Length + 50])
        {
            // Left behind by a run before; once right, once of something else.
            foreach (bool same in (bool[])[true, false])
            {
                byte[] left = same ? [.. Content.Concat(new byte[50]).Take(length)] : KernelDigest.Bytes(length, 77);
                File.WriteAllBytes(ShardFileWriter.PartialOf(_scratch["out"]), left);
                var told = new List<long>();
                ShardFileWriter.Decode(folder, new ShardDecoder(folder), _scratch["out"], progress: new Collected(told)).ShouldBe(Content.Length);
                File.ReadAllBytes(_scratch["out"]).ShouldBe(Content);
                (told[0] > 768).ShouldBe(same && length >= 768);
                File.Exists(ShardFileWriter.PartialOf(_scratch["out"])).ShouldBeFalse();
            }
        }
    }

    private sealed class Collected(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }

    /// <summary>Gives so many bytes of a content, then fails.</summary>
    private sealed class FailingStream(byte[] content, int bytes) : MemoryStream(content, 0, bytes)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = base.Read(buffer, offset, count);
            return read == 0 && count > 0 ? throw new IOException("the cable was pulled") : read;
        }
    }
}
