using Headroom.Coding.Erasure;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Coding.Files;

/// <summary>
/// Shards as other programs write them: files of equal length and nothing else, each a whole shard of the whole content. They say neither their code nor which bytes
/// are damaged. Files of any length in constant memory, a window of every sub-chunk at a time, for the arithmetic is byte by byte.
/// </summary>
public sealed partial class RawShards
{
    private const int BufferBytes = 32 << 20;
    private readonly ErasureCode _code;
    private readonly long _part;
    private readonly int _window;

    /// <param name="code">The code.</param>
    /// <param name="shardBytes">The length of every shard.</param>
    /// <exception cref="ShardException">A length that the code's sub-chunks do not divide.</exception>
    public RawShards(ErasureCode code, long shardBytes)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentOutOfRangeException.ThrowIfNegative(shardBytes);
        if (shardBytes % code.Subshards != 0)
        {
            throw new ShardException($"shards of {shardBytes} bytes: {code} cuts each into {code.Subshards} equal parts");
        }

        (_code, _part) = (code, shardBytes / code.Subshards);
        _window = (int)Math.Max(8, Math.Min(_part, BufferBytes / ((long)code.TotalShards * code.Subshards) / 8 * 8));
    }

    /// <summary>The bytes of content that fit.</summary>
    public long ContentBytesMax => _part * _code.DataSubshards;

    /// <summary>The length of shards that hold so much content, sub-chunks rounded up to the alignment. Ceph's plugins align to 32.</summary>
    public static long ShardBytes(ErasureCode code, long contentBytes, int alignment)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentOutOfRangeException.ThrowIfNegative(contentBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(alignment, 1);
        long part = Math.Max(1, (contentBytes / code.DataSubshards) + (contentBytes % code.DataSubshards == 0 ? 0 : 1));
        return checked((part + alignment - 1) / alignment * alignment * code.Subshards);
    }

    /// <summary>Writes every shard of a content of so many bytes.</summary>
    /// <exception cref="ShardException">The shards do not hold it.</exception>
    /// <exception cref="IOException">A file failed.</exception>
    public void Encode(SafeFileHandle content, long contentBytes, IReadOnlyList<SafeFileHandle> shards, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(shards);
        CheckFits(contentBytes);
        foreach ((long start, int length) in Windows(progress, cancellation))
        {
            Memory<byte>[] window = Room(length);
            for (int i = 0; i < _code.Data.Count; i++)
            {
                Span<byte> place = Part(window, _code.Data[i], length).Span;
                Read(content, (i * _part) + start, place[..ContentIn(i, start, length, contentBytes)]);
            }

            _code.Encode(window);
            foreach (Subshard place in Places(Enumerable.Range(0, shards.Count)))
            {
                RandomAccess.Write(shards[place.Shard], Part(window, place, length).Span, (place.Index * _part) + start);
            }
        }
    }

    /// <summary>Writes the first so many bytes of the content. Shards beyond those needed are held against what the decoded content encodes to.</summary>
    /// <param name="shards">A handle for every shard that is there, null for the others.</param>
    /// <param name="content">Written at every offset.</param>
    /// <param name="contentBytes">How much of it is content; the rest is padding.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellation">Looked at between windows.</param>
    /// <exception cref="ShardException">Too few shards and what would suffice, or shards that contradict each other.</exception>
    /// <exception cref="IOException">A file failed.</exception>
    public void Decode(IReadOnlyList<SafeFileHandle?> shards, SafeFileHandle content, long contentBytes, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shards);
        ArgumentNullException.ThrowIfNull(content);
        CheckFits(contentBytes);
        DecodeWindows(shards, (window, start, length) =>
        {
            for (int i = 0; i < _code.Data.Count; i++)
            {
                RandomAccess.Write(content, Part(window, _code.Data[i], length).Span[..ContentIn(i, start, length, contentBytes)], (i * _part) + start);
            }
        }, progress, cancellation);
    }

    /// <summary>Reads all shards and holds them against each other, writing nothing.</summary>
    /// <exception cref="ShardException">Too few shards and what would suffice, or shards that contradict each other.</exception>
    /// <exception cref="IOException">A file failed.</exception>
    public void Verify(IReadOnlyList<SafeFileHandle?> shards, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shards);
        DecodeWindows(shards, (_, _, _) => { }, progress, cancellation);
    }

    /// <summary>Rebuilds some shards from others, reading only what the plan names.</summary>
    /// <param name="plan">The plan of this code.</param>
    /// <param name="shards">A handle for every shard that helps or is rebuilt.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellation">Looked at between windows.</param>
    /// <exception cref="IOException">A file failed.</exception>
    public void Repair(RepairPlan plan, IReadOnlyList<SafeFileHandle?> shards, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(shards);
        foreach ((long start, int length) in Windows(progress, cancellation))
        {
            Memory<byte>[] window = Room(length);
            foreach (Subshard place in plan.Helpers.SelectMany(helper => helper.Reads.Select(index => new Subshard(helper.Shard, index))))
            {
                Read(shards[place.Shard]!, (place.Index * _part) + start, Part(window, place, length).Span);
            }

            plan.Run(window);
            foreach (Subshard place in Places(plan.Lost))
            {
                RandomAccess.Write(shards[place.Shard]!, Part(window, place, length).Span, (place.Index * _part) + start);
            }
        }
    }

    private void DecodeWindows(IReadOnlyList<SafeFileHandle?> shards, Action<Memory<byte>[], long, int> use, IProgress<double>? progress, CancellationToken cancellation)
    {
        int[] available = [.. Enumerable.Range(0, shards.Count).Where(i => shards[i] is not null)];
        RepairOutcome outcome = _code.PlanDecode(available);
        RepairPlan plan = outcome as RepairPlan ?? throw new ShardException(outcome.ToString()!);
        foreach ((long start, int length) in Windows(progress, cancellation))
        {
            Memory<byte>[] window = Room(length);
            foreach (Subshard place in Places(available))
            {
                Read(shards[place.Shard]!, (place.Index * _part) + start, Part(window, place, length).Span);
            }

            plan.Run(window);
            Compare(window, available, start, length);
            use(window, start, length);
        }
    }

    /// <summary>Among these shards, the first sub-chunk of the window that the data in it do not encode to.</summary>
    private Subshard? FirstOdd(Memory<byte>[] window, int[] among, int length)
    {
        Memory<byte>[] expected = Room(length);
        foreach (Subshard place in _code.Data)
        {
            Part(window, place, length).CopyTo(Part(expected, place, length));
        }

        _code.Encode(expected);
        foreach (Subshard place in Places(among))
        {
            if (!Part(window, place, length).Span.SequenceEqual(Part(expected, place, length).Span))
            {
                return place;
            }
        }

        return null;
    }

    private void CheckFits(long contentBytes)
    {
        if (contentBytes > ContentBytesMax)
        {
            throw new ShardException($"{_code} in shards of {_part * _code.Subshards} bytes holds {ContentBytesMax} bytes of content, not {contentBytes}");
        }
    }

    /// <summary>How much of the content stands in a window of the data's i-th sub-chunk.</summary>
    private int ContentIn(int i, long start, int length, long contentBytes) => (int)Math.Clamp(contentBytes - (i * _part) - start, 0, length);

    private IEnumerable<Subshard> Places(IEnumerable<int> shards) =>
        shards.SelectMany(shard => Enumerable.Range(0, _code.Subshards).Select(index => new Subshard(shard, index)));

    private IEnumerable<(long Start, int Length)> Windows(IProgress<double>? progress, CancellationToken cancellation)
    {
        for (long start = 0; start < _part; start += _window)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return (start, (int)Math.Min(_window, _part - start));
            progress?.Report(Math.Min(1, (double)(start + _window) / _part));
        }
    }

    private Memory<byte>[] Room(int length) => [.. Enumerable.Range(0, _code.TotalShards).Select(_ => new byte[(long)length * _code.Subshards].AsMemory())];

    private static Memory<byte> Part(Memory<byte>[] window, Subshard place, int length) => window[place.Shard].Slice(place.Index * length, length);

    private static void Read(SafeFileHandle file, long offset, Span<byte> target)
    {
        for (int total = 0; total < target.Length;)
        {
            int read = RandomAccess.Read(file, target[total..], offset + total);
            total += read > 0 ? read : throw new ShardException("a file ended while it was read: somebody shortens it");
        }
    }
}
