using System.Globalization;
using Headroom.Coding.Erasure;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Coding.Files;

/// <summary>A folder of raw shards: files named 0 to n-1, without headers; other names are not looked at.</summary>
public sealed class RawFolder : IDisposable
{
    private readonly SafeFileHandle?[] _files;

    private RawFolder(string path, ErasureCode code, SafeFileHandle?[] files, long shardBytes) => (Path, Code, _files, ShardBytes) = (path, code, files, shardBytes);

    public string Path { get; }

    public ErasureCode Code { get; }

    public long ShardBytes { get; }

    /// <summary>By shard; null where there is none, or it counts as lost.</summary>
    public IReadOnlyList<SafeFileHandle?> Files => _files;

    public IReadOnlyList<int> Missing => [.. Enumerable.Range(0, _files.Length).Where(i => _files[i] is null)];

    /// <summary>Whether a folder holds a file that is named like a raw shard.</summary>
    public static bool IsOne(string path) => Directory.Exists(path) && Numbered(path).Length > 0;

    /// <param name="path">The folder.</param>
    /// <param name="code">Which the files do not say.</param>
    /// <param name="erased">Shards that count as lost although they are there.</param>
    /// <exception cref="ShardException">No shards, one too many for the code, of unequal length, or of a length that the code does not cut.</exception>
    public static RawFolder Open(string path, ErasureCode code, IReadOnlyCollection<int> erased)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(erased);
        if (!IsOne(path))
        {
            throw new ShardException($"{path}: {(Directory.Exists(path) ? $"holds no raw shards, which are files named 0 to {code.TotalShards - 1}; shards with headers are read without a code" : "there is no such folder")}");
        }

        int[] named = Numbered(path);
        if (named[^1] >= code.TotalShards)
        {
            throw new ShardException($"{path}: holds a shard {named[^1]}; {code} has shards 0 to {code.TotalShards - 1}");
        }

        var files = new SafeFileHandle?[code.TotalShards];
        try
        {
            foreach (int shard in named.Except(erased))
            {
                files[shard] = File.OpenHandle(System.IO.Path.Combine(path, Name(shard)), FileMode.Open, FileAccess.Read, FileShare.Read);
            }

            return new RawFolder(path, code, files, CommonLength(path, code, files));
        }
        catch
        {
            Array.ForEach(files, file => file?.Dispose());
            throw;
        }
    }

    /// <summary>A new folder of the raw shards of a content; it appears whole or not at all.</summary>
    /// <exception cref="ShardException">The folder exists, or the shards do not hold the content.</exception>
    /// <exception cref="IOException">A file failed; nothing is left.</exception>
    public static void Write(ErasureCode code, SafeFileHandle content, long contentBytes, long shardBytes, string folder, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        ShardFolderWriter.Check(folder);
        string partial = ShardFolderWriter.PartialOf(folder);
        Directory.CreateDirectory(partial);
        var files = new List<SafeFileHandle>();
        try
        {
            for (int i = 0; i < code.TotalShards; i++)
            {
                files.Add(File.OpenHandle(System.IO.Path.Combine(partial, Name(i)), FileMode.Create, FileAccess.Write, FileShare.Read));
            }

            new RawShards(code, shardBytes).Encode(content, contentBytes, files, progress, cancellation);
            files.ForEach(RandomAccess.FlushToDisk);
            files.ForEach(file => file.Dispose());
            Directory.Move(partial, System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder)));
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            Directory.Delete(partial, recursive: true);
            throw;
        }
    }

    /// <summary>Runs a plan and puts the rebuilt shards into the folder, when all are whole.</summary>
    /// <exception cref="IOException">A file failed; the folder is as it was.</exception>
    public void Repair(RepairPlan plan, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        SafeFileHandle?[] files = [.. _files];
        string[] partial = [.. plan.Lost.Select(shard => System.IO.Path.Combine(Path, $".{Name(shard)}.partial"))];
        try
        {
            for (int i = 0; i < partial.Length; i++)
            {
                files[plan.Lost[i]] = File.OpenHandle(partial[i], FileMode.Create, FileAccess.Write, FileShare.Read);
            }

            new RawShards(Code, ShardBytes).Repair(plan, files, progress, cancellation);
            foreach (int shard in plan.Lost)
            {
                RandomAccess.FlushToDisk(files[shard]!);
                files[shard]!.Dispose();
            }

            for (int i = 0; i < partial.Length; i++)
            {
                File.Move(partial[i], System.IO.Path.Combine(Path, Name(plan.Lost[i])), overwrite: true);
            }
        }
        finally
        {
            foreach (int shard in plan.Lost)
            {
                files[shard]?.Dispose();
            }

            Array.ForEach(partial, File.Delete);
        }
    }

    public static string Name(int shard) => shard.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => Array.ForEach(_files, file => file?.Dispose());

    private static int[] Numbered(string path) =>
        [.. Directory.EnumerateFiles(path).Select(file => int.TryParse(System.IO.Path.GetFileName(file), NumberStyles.None, CultureInfo.InvariantCulture, out int n)
            && Name(n) == System.IO.Path.GetFileName(file) ? n : -1).Where(n => n >= 0).Order()];

    private static long CommonLength(string path, ErasureCode code, SafeFileHandle?[] files)
    {
        (int Shard, long Length)[] lengths = [.. files.Index().Where(file => file.Item is not null).Select(file => (file.Index, RandomAccess.GetLength(file.Item!)))];
        if (lengths.Length == 0)
        {
            throw new ShardException($"{path}: all its shards are erased; {code} needs {code.DataShards}");
        }

        IGrouping<long, (int Shard, long Length)>[] groups = [.. lengths.GroupBy(shard => shard.Length).OrderByDescending(group => group.Count())];
        (int Shard, long Length)[] odd = [.. groups.Skip(1).SelectMany(group => group)];
        return odd.Length == 0 ? groups[0].Key
            : throw new ShardException($"{path}: shard {odd[0].Shard} has {odd[0].Length} bytes, shard {groups[0].First().Shard} has {groups[0].Key}: "
                + $"shards have one length. Take what is damaged for lost (--erase {string.Join(',', odd.Select(shard => shard.Shard))})");
    }
}
