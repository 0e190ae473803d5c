using Headroom.Coding.Erasure;

namespace Headroom.Coding.Files;

/// <summary>
/// The shards of one content that lie in a folder. Each file says itself which shard it is, whatever its name; what most files agree on (code, block) holds, and
/// a file that says otherwise, twice the same, or nothing readable is set aside and told of.
/// </summary>
public sealed class ShardFolder : IDisposable
{
    private const int FilesMax = 4096;
    private readonly ShardFile?[] _files;
    private readonly string?[] _names;

    private ShardFolder(string path, StripeShape shape, ShardFile?[] files, string?[] names, IReadOnlyList<string> problems)
    {
        (Path, Shape, _files, _names, Problems) = (path, shape, files, names, problems);
    }

    public string Path { get; }

    public StripeShape Shape { get; }

    public ErasureCode Code => Shape.Code;

    /// <summary>Of every file that was set aside, its name and why.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>The shards that have a file with a good header, ascending.</summary>
    public IReadOnlyList<int> Present => [.. Enumerable.Range(0, _files.Length).Where(i => _files[i] is not null)];

    /// <summary>The shards that have none.</summary>
    public IReadOnlyList<int> Missing => [.. Enumerable.Range(0, _files.Length).Where(i => _files[i] is null)];

    /// <summary>The stripes that the files have room for: how far a reading of all of them may go.</summary>
    public long StripesAtMost => _files.Max(file => file is null ? 0 : (file.Length - ShardHeader.Bytes + Shape.StrideBytes - 1) / Shape.StrideBytes);

    /// <summary>The content that the files have room for, rounded up to a stripe.</summary>
    public long ContentBytesAtMost => StripesAtMost * Shape.ContentBytes;

    internal ShardFile? this[int shard] => _files[shard];

    /// <summary>The name under which a shard is written anew: that of the file it has, erased or not; without one the encoders', unless another shard's file bears it.</summary>
    internal string NewNameOf(int shard) => _names[shard] ?? (_names.Contains(NameOf(shard)) ? $"rebuilt-{NameOf(shard)}" : NameOf(shard));

    /// <summary>The name of a shard's file as encoders write it.</summary>
    public static string NameOf(int shard) => $"{shard:000}.shard";

    /// <param name="path">The folder.</param>
    /// <param name="erased">Shards that count as lost although they are there.</param>
    /// <exception cref="ShardException">No folder, no shard in it, headers that name no code, or a shard erased that the code does not have.</exception>
    public static ShardFolder Open(string path, params IReadOnlyCollection<int> erased)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(erased);
        var problems = new List<string>();
        List<ShardFile> files = OpenFiles(path, problems);
        try
        {
            return Sort(path, files, problems, erased);
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    public void Dispose() => Array.ForEach(_files, file => file?.Dispose());

    private static List<ShardFile> OpenFiles(string path, List<string> problems)
    {
        if (!Directory.Exists(path))
        {
            throw new ShardException($"{path}: {(File.Exists(path) ? "is a file; name the folder of the shards" : "there is no such folder")}");
        }

        string[] paths = [.. Directory.EnumerateFiles(path).Where(file => !System.IO.Path.GetFileName(file).StartsWith('.')).Take(FilesMax + 1).Order(StringComparer.Ordinal)];
        if (paths.Length > FilesMax)
        {
            throw new ShardException($"{path}: holds more than {FilesMax} files; shards stand in a folder of their own");
        }

        var files = new List<ShardFile>();
        foreach (string file in paths)
        {
            if (ShardFile.Open(file, out string? problem) is { } opened)
            {
                files.Add(opened);
            }
            else
            {
                problems.Add($"{System.IO.Path.GetFileName(file)} {problem}");
            }
        }

        return files.Count > 0 ? files
            : throw new ShardException($"{path}: holds no shard with a readable header{(problems.Count > 0 ? $" ({problems[0]}{(problems.Count > 1 ? $", and {problems.Count - 1} more" : "")})" : "")}; "
                + "shards that others wrote, named 0 to n-1, are read when --code, --k and --m are given");
    }

    private static ShardFolder Sort(string path, List<ShardFile> files, List<string> problems, IReadOnlyCollection<int> erased)
    {
        // Ties go to what the first file says, so that the same files give the same answer.
        ShardHeader common = files.GroupBy(file => file.Header with { Shard = 0 }).MaxBy(group => group.Count())!.Key;
        if (!StorageCodes.TryParseManifest(common.Code, out ErasureCode? code, out string? problem))
        {
            throw new ShardException($"{files[0].Path}: its header names a code that is none: {problem}");
        }

        if (code.TotalShards != common.TotalShards)
        {
            throw new ShardException($"{files[0].Path}: its header says {common.TotalShards} shards of {common.Code}, which has {code.TotalShards}");
        }

        var shape = new StripeShape(code, common.BlockBytes);
        if (shape.BlockBytes != common.BlockBytes)
        {
            throw new ShardException($"{files[0].Path}: its header says blocks of {common.BlockBytes} bytes, which {code} does not cut into its {code.Subshards} parts");
        }

        if (erased.Any(shard => shard < 0 || shard >= code.TotalShards))
        {
            throw new ShardException($"{code} has shards 0 to {code.TotalShards - 1}; shard {erased.First(shard => shard < 0 || shard >= code.TotalShards)} cannot be taken for lost");
        }

        var byShard = new ShardFile?[code.TotalShards];
        foreach (ShardFile file in files)
        {
            ShardHeader header = file.Header;
            string? odd = header with { Shard = 0 } != common ? $"belongs to {header.Code} in blocks of {header.BlockBytes} bytes, the others to {common.Code} in blocks of {common.BlockBytes}"
                : header.Shard >= code.TotalShards ? $"says it is shard {header.Shard} of {code.TotalShards}"
                : byShard[header.Shard] is { } other ? $"says it is shard {header.Shard}, and so does {System.IO.Path.GetFileName(other.Path)}"
                : null;
            if (odd is null)
            {
                byShard[header.Shard] = file;
            }
            else
            {
                problems.Add($"{System.IO.Path.GetFileName(file.Path)} {odd}");
                file.Dispose();
            }
        }

        string?[] names = [.. byShard.Select(file => System.IO.Path.GetFileName(file?.Path))];
        foreach (int shard in erased)
        {
            byShard[shard]?.Dispose();
            byShard[shard] = null;
        }

        return byShard.Any(file => file is not null) ? new ShardFolder(path, shape, byShard, names, problems) : throw new ShardException($"{path}: all its shards are erased");
    }
}
