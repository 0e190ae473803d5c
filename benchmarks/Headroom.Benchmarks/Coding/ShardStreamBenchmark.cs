using System.Runtime.InteropServices;
using Headroom.Coding.Erasure;
using Headroom.Coding.Files;
using Headroom.Kernel.Randomness;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Benchmarks.Coding;

/// <summary>
/// Streams into folders of shards and back, in the memory of a few stripes. Encoding is held against writing the same bytes to as many files and flushing them, decoding against
/// reading the same bytes from them: what the disk gives without a code. The system is told to forget the files before they are read.
/// </summary>
public sealed partial class ShardStreamBenchmark : IBenchmark
{
    private const long ContentBytes = 512L << 20;
    private const int Turns = 4;
    private const double Goal = 0.8;

    public string Name => "coding/stream";

    public IEnumerable<BenchmarkResult> Run()
    {
        string folder = Directory.CreateTempSubdirectory("headroom-bench-").FullName;
        try
        {
            var shape = new StripeShape(new ReedSolomonCode(10, 4), 1 << 20);
            byte[] pattern = Pattern(shape.ContentBytes);
            string shards = Path.Combine(folder, "shards");
            ShardFolderWriter.Encode(shape, new Repeating(pattern, ContentBytes), shards);
            CheckContent(shards, pattern);

            double[] written = Interleaved.BestSeconds(Turns,
                () => Encode(shape, pattern, Path.Combine(folder, "encoded")),
                () => Copy(shards, Path.Combine(folder, "plain")));
            yield return new BenchmarkResult($"{Name}-encode", ContentBytes / written[0] / 1e9, "GB/s of content", written[1] / written[0], "writing and flushing as many bytes to 14 files", Goal);

            double[] read = Interleaved.BestSeconds(Turns, () => Decode(shards, []), () => Decode(shards, [0, 3, 5, 9]), () => ReadPlainly(shards));
            yield return new BenchmarkResult($"{Name}-decode", ContentBytes / read[0] / 1e9, "GB/s of content", read[2] / read[0], "reading ten of the files from the disk", Goal);
            yield return new BenchmarkResult($"{Name}-decode-4-lost", ContentBytes / read[1] / 1e9, "GB/s of content", read[2] / read[1], "the same", Goal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Pattern(int length)
    {
        RandomStream random = new Seed(1).Named("stream benchmark").Stream();
        byte[] pattern = new byte[length];
        for (int i = 0; i + 8 <= length; i += 8)
        {
            BitConverter.TryWriteBytes(pattern.AsSpan(i), random.NextUInt64());
        }

        return pattern;
    }

    private static void CheckContent(string shards, byte[] pattern)
    {
        using ShardFolder folder = ShardFolder.Open(shards, 1, 2);
        using var compared = new Comparing(pattern);
        if (new ShardDecoder(folder).Decode(compared) != ContentBytes || compared.Bytes != ContentBytes)
        {
            throw new InvalidOperationException("the stream did not come back");
        }
    }

    private static void Encode(StripeShape shape, byte[] pattern, string target)
    {
        ShardFolderWriter.Encode(shape, new Repeating(pattern, ContentBytes), target);
        Directory.Delete(target, recursive: true);
    }

    /// <summary>As many bytes into as many files, a block of each in turn, as an encoder must.</summary>
    private static void Copy(string shards, string target)
    {
        string[] files = [.. Directory.GetFiles(shards).Order()];
        long length = new FileInfo(files[0]).Length;
        byte[] block = new byte[1 << 20];
        Directory.CreateDirectory(target);
        FileStream[] streams = [.. files.Select(file => new FileStream(Path.Combine(target, Path.GetFileName(file)), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))];
        for (long at = 0; at < length; at += block.Length)
        {
            foreach (FileStream stream in streams)
            {
                stream.Write(block.AsSpan(0, (int)Math.Min(block.Length, length - at)));
            }
        }

        foreach (FileStream stream in streams)
        {
            stream.Flush(flushToDisk: true);
            stream.Dispose();
        }

        Directory.Delete(target, recursive: true);
    }

    private static void Decode(string shards, int[] erased)
    {
        Forget(shards);
        using ShardFolder folder = ShardFolder.Open(shards, erased);
        new ShardDecoder(folder).Decode(Stream.Null);
    }

    private static void ReadPlainly(string shards)
    {
        Forget(shards);
        byte[] block = new byte[1 << 20];
        FileStream[] streams = [.. Directory.GetFiles(shards).Order().Take(10).Select(file => new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))];
        for (bool more = true; more;)
        {
            more = false;
            foreach (FileStream stream in streams)
            {
                more |= stream.Read(block) > 0;
            }
        }

        Array.ForEach(streams, stream => stream.Dispose());
    }

    private static void Forget(string shards)
    {
        const int dontNeed = 4;
        foreach (string path in Directory.GetFiles(shards))
        {
            using SafeFileHandle file = File.OpenHandle(path);
            if (OperatingSystem.IsLinux() && Advise(file, 0, 0, dontNeed) != 0)
            {
                throw new InvalidOperationException($"the system does not forget {path}");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);

    /// <summary>A pattern over and over, to a length.</summary>
    private sealed class Repeating(byte[] pattern, long length) : Stream
    {
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int from = (int)(_at % pattern.Length);
            int count = (int)Math.Min(Math.Min(buffer.Length, pattern.Length - from), length - _at);
            pattern.AsSpan(from, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>Takes what is written and holds it against the pattern.</summary>
    private sealed class Comparing(byte[] pattern) : MemoryStream
    {
        public long Bytes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            for (int at = 0; at < buffer.Length;)
            {
                int from = (int)(Bytes % pattern.Length);
                int count = Math.Min(buffer.Length - at, pattern.Length - from);
                if (!buffer.Slice(at, count).SequenceEqual(pattern.AsSpan(from, count)))
                {
                    throw new InvalidOperationException($"the stream differs from byte {Bytes} on");
                }

                at += count;
                Bytes += count;
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    }
}
