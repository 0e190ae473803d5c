using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Headroom.Coding.Checksums;

namespace Headroom.Coding.Files;

/// <summary>
/// The manifest: the first 512 bytes of every shard's file, so that it survives whatever the shards survive. Five lines of text, padded with spaces:
/// <c>headroom shard 1</c>, <c>code rs(10,4)</c>, <c>shard 3 of 14</c>, <c>block 1048576</c>, and <c>checksum</c> with the CRC-64/NVME of what stands before it.
/// </summary>
/// <param name="Code">As <see cref="Erasure.StorageCodes.TryParseManifest"/> reads it.</param>
/// <param name="Shard">Which shard this is, from 0.</param>
/// <param name="TotalShards">n.</param>
/// <param name="BlockBytes">The bytes of the shard in a whole block.</param>
public sealed record ShardHeader(string Code, int Shard, int TotalShards, int BlockBytes)
{
    public const int Bytes = 512;
    private const string Mark = "headroom shard 1\n";

    /// <summary>The 512 bytes.</summary>
    public byte[] ToBytes()
    {
        string said = string.Create(CultureInfo.InvariantCulture, $"{Mark}code {Code}\nshard {Shard} of {TotalShards}\nblock {BlockBytes}\n");
        string text = string.Create(CultureInfo.InvariantCulture, $"{said}checksum {Crc64.Of(Encoding.ASCII.GetBytes(said)):x16}\n");
        return text.Length < Bytes ? Encoding.ASCII.GetBytes(text.PadRight(Bytes - 1) + "\n")
            : throw new ArgumentException($"the code's name has {Code.Length} characters and does not fit a header");
    }

    /// <summary>The header that these bytes are; false, and what is wrong, where they are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ShardHeader? header, [NotNullWhen(false)] out string? problem)
    {
        header = null;
        problem = null;
        if (!bytes.StartsWith(Encoding.ASCII.GetBytes(Mark)))
        {
            problem = "is no shard of ours: its first line is not 'headroom shard 1'";
            return false;
        }

        string[] lines = bytes.Length < Bytes ? [] : Encoding.ASCII.GetString(bytes[..Bytes]).Split('\n');
        string[] place = lines.Length > 3 ? lines[2].Split(' ') : [];
        if (place.Length == 4 && lines[1].StartsWith("code ", StringComparison.Ordinal) && lines[3].StartsWith("block ", StringComparison.Ordinal)
            && TryWhole(place[1], out int shard) && TryWhole(place[3], out int total) && TryWhole(lines[3]["block ".Length..], out int block))
        {
            header = new ShardHeader(lines[1]["code ".Length..], shard, total, block);
        }

        // What is read is what would be written, to the byte: there is one way to say a thing.
        if (header is null || !header.ToBytes().AsSpan().SequenceEqual(bytes[..Bytes]))
        {
            header = null;
            problem = bytes.Length < Bytes ? $"is cut off in its header, after {bytes.Length} bytes" : "has a damaged header: its checksum does not match";
            return false;
        }

        return true;
    }

    private static bool TryWhole(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
