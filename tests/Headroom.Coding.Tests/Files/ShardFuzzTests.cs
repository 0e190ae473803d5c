using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Headroom.Coding.Checksums;
using Headroom.Coding.Erasure;
using Headroom.Coding.Files;
using Headroom.Coding.Tests.Fields;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Files;

/// <summary>
/// Shards damaged at random, checksums made to fit the lie or not: each folder is refused with a message or gives one of the contents that its shards were made of, never
/// other bytes. HEADROOM_SHARD_FUZZ says how many folders; what was tried in one long run is told in docs/shards.md.
/// </summary>
public sealed class ShardFuzzTests : IDisposable
{
    private const int FoldersByDefault = 1500;
    private static readonly StripeShape Shape = new(new ReedSolomonCode(3, 2), 64);
    private static readonly byte[][] Contents = [KernelDigest.Bytes(500, 1), KernelDigest.Bytes(500, 2), [.. KernelDigest.Bytes(500, 1).Take(300), .. KernelDigest.Bytes(200, 4)]];
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void DamagedShardsAreRefusedOrGiveWhatWasEncoded()
    {
        int folders = int.TryParse(Environment.GetEnvironmentVariable("HEADROOM_SHARD_FUZZ"), CultureInfo.InvariantCulture, out int asked) ? asked : FoldersByDefault;
        byte[][][] originals = [.. Contents.Select(Encode)];
        string folder = Directory.CreateDirectory(_scratch["shards"]).FullName;
        (int decoded, int refused) = (0, 0);
        for (int i = 0; i < folders; i++)
        {
            RandomStream random = new Seed((ulong)i).Named("shards").Stream();
            Lay(folder, Damaged(originals, ref random));
            if (Try(folder, i, repair: random.Below(4) == 0))
            {
                decoded++;
            }
            else
            {
                refused++;
            }
        }

        // The damage is neither always harmless nor always fatal.
        decoded.ShouldBeGreaterThan(folders / 10);
        refused.ShouldBeGreaterThan(folders / 10);
    }

    private static bool Try(string folder, int number, bool repair)
    {
        try
        {
            using (ShardFolder shards = ShardFolder.Open(folder))
            {
                VerifyReport report = ShardVerifier.Verify(shards);
                if (repair && report.FirstLost is null)
                {
                    new ShardRepair(shards, report.Lost).Run();
                }
            }

            using ShardFolder again = ShardFolder.Open(folder);
            var output = new MemoryStream();
            new ShardDecoder(again).Decode(output);
            Contents.Any(content => content.AsSpan().SequenceEqual(output.ToArray())).ShouldBeTrue($"folder {number} gave {output.Length} other bytes");
            return true;
        }
        catch (ShardException)
        {
            return false;
        }
    }

    private byte[][] Encode(byte[] content)
    {
        string folder = _scratch[$"content-{Crc64.Of(content):x}"];
        ShardFolderWriter.Encode(Shape, new MemoryStream(content), folder);
        return [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }

    private static void Lay(string folder, List<byte[]?> files)
    {
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Delete(file);
        }

        for (int i = 0; i < files.Count; i++)
        {
            if (files[i] is { } bytes)
            {
                File.WriteAllBytes(Path.Combine(folder, ShardFolder.NameOf(i)), bytes);
            }
        }
    }

    private static List<byte[]?> Damaged(byte[][][] originals, ref RandomStream random)
    {
        byte[][] first = originals[random.Below(originals.Length)];
        List<byte[]?> files = [.. first.Select(file => file.ToArray())];
        int wounds = 1 + random.Below(5);
        for (int i = 0; i < wounds; i++)
        {
            int shard = random.Below(files.Count);
            files[shard] = files[shard] is { Length: > 0 } bytes ? Wounded(bytes, shard, originals, ref random) : files[shard];
            if (random.Below(8) == 0)
            {
                int other = random.Below(files.Count);
                (files[shard], files[other]) = (files[other], files[shard]);
            }
            else if (random.Below(12) == 0 && files.Count < 8)
            {
                files.Add(files[shard]?.ToArray());
            }
        }

        return files;
    }

    private static byte[]? Wounded(byte[] bytes, int shard, byte[][][] originals, ref RandomStream random)
    {
        int at = random.Below(bytes.Length);
        switch (random.Below(9))
        {
            case 0:
                return null;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes, .. KernelDigest.Bytes(1 + random.Below(300), random.NextUInt64())];
            case 3:
                KernelDigest.Bytes(Math.Min(bytes.Length - at, 1 + random.Below(100)), random.NextUInt64()).CopyTo(bytes, at);
                return bytes;
            case 4:
                return [.. Encoding.ASCII.GetBytes(Lie(ref random)), .. bytes.Skip(ShardHeader.Bytes)];
            case 5:
                return LyingHead(bytes, ref random);
            case 6:
                return [.. originals[random.Below(originals.Length)][Math.Min(shard, 4)]];
            case 7:
                byte[] other = originals[random.Below(originals.Length)][Math.Min(shard, 4)];
                return [.. bytes.AsSpan(0, at), .. other.AsSpan(Math.Min(at, other.Length))];
            default:
                bytes[at] ^= (byte)(1 << random.Below(8));
                return bytes;
        }
    }

    /// <summary>A header whose checksum is right and whose words need not be.</summary>
    private static string Lie(ref RandomStream random)
    {
        string[] codes = ["rs(3,2)", "rs(2,3)", "rs(3,1)", "lrc(3,1,1)", "replication(5)", "mbr(3,2,4)", "rs(200,56)", "rs(0,0)", "rs(3,2", "", "clay(200,55)", "rs(99999999999,1)", "mbr(100,100,150)"];
        int[] numbers = [0, 1, 2, 3, 4, 5, 64, 72, 1 << 20, int.MaxValue];
        int shard = numbers[random.Below(numbers.Length)];
        int total = random.Below(2) == 0 ? 5 : numbers[random.Below(numbers.Length)];
        int block = random.Below(2) == 0 ? 64 : numbers[random.Below(numbers.Length)];
        return Encoding.ASCII.GetString(new ShardHeader(codes[random.Below(codes.Length)], shard, total, block).ToBytes());
    }

    /// <summary>A block's head with one number changed, sometimes the block's bytes too, and checksums that fit.</summary>
    private static byte[] LyingHead(byte[] bytes, ref RandomStream random)
    {
        int stride = 48 + 64;
        int block = ShardHeader.Bytes + (stride * random.Below(3));
        if (bytes.Length < block + stride)
        {
            return bytes;
        }

        Span<byte> head = bytes.AsSpan(block, 48);
        int[] fields = [0, 8, 12, 16, 20, 24];
        int[] values = [0, 1, 2, 63, 64, 65, 191, 192, -1, int.MaxValue, int.MinValue];
        if (random.Below(3) > 0)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head[fields[random.Below(fields.Length)]..], values[random.Below(values.Length)]);
        }
        else
        {
            bytes[block + 48 + random.Below(64)] ^= 4;
            BinaryPrimitives.WriteUInt64LittleEndian(head[32..], Crc64.Of(bytes.AsSpan(block + 48, 64)));
        }

        BinaryPrimitives.WriteUInt64LittleEndian(head[40..], Crc64.Of(head[..40]));
        return bytes;
    }
}
