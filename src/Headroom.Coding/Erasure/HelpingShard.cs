namespace Headroom.Coding.Erasure;

/// <summary>What a repair asks of one shard that is left: which of its sub-chunks are read, and how many sub-chunks' worth of bytes are sent to the rebuilder.</summary>
public sealed class HelpingShard
{
    private readonly int _subshards;

    internal HelpingShard(int shard, IReadOnlyList<int> reads, int sends, bool forwards, int subshards)
    {
        (Shard, Reads, Sends, Forwards, _subshards) = (shard, reads, sends, forwards, subshards);
    }

    /// <summary>Its number in the code.</summary>
    public int Shard { get; }

    /// <summary>The sub-chunks read from disk, ascending.</summary>
    public IReadOnlyList<int> Reads { get; }

    /// <summary>The length of the message in sub-chunks: at most what is read, fewer where the helper sends combinations.</summary>
    public int Sends { get; }

    /// <summary>The message is what was read, in its order: there is nothing to compute.</summary>
    public bool Forwards { get; }

    /// <summary>All alpha sub-chunks are read.</summary>
    public bool ReadsWholeShard => Reads.Count == _subshards;

    /// <summary>What is read from disk, for shards of this length.</summary>
    public int ReadBytes(int shardBytes) => Reads.Count * Part(shardBytes);

    /// <summary>What is sent, for shards of this length.</summary>
    public int MessageBytes(int shardBytes) => Sends * Part(shardBytes);

    /// <summary>The ranges of the shard that are read, in order, neighbours joined: what to ask a disk for.</summary>
    public IEnumerable<(int Offset, int Length)> Ranges(int shardBytes)
    {
        int part = Part(shardBytes);
        for (int first = 0; first < Reads.Count;)
        {
            int next = first + 1;
            while (next < Reads.Count && Reads[next] == Reads[next - 1] + 1)
            {
                next++;
            }

            yield return (Reads[first] * part, (next - first) * part);
            first = next;
        }
    }

    /// <summary>The shard, and what it reads and sends where that is not all of it.</summary>
    public override string ToString() => ReadsWholeShard && Forwards ? $"{Shard}"
        : $"{Shard} ({Reads.Count} of {_subshards} parts{(Forwards ? "" : $", {Sends} sent")})";

    /// <exception cref="ArgumentException">The shard does not divide into its sub-chunks.</exception>
    private int Part(int shardBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shardBytes);
        return shardBytes % _subshards == 0 ? shardBytes / _subshards
            : throw new ArgumentException($"a shard of {shardBytes} bytes does not divide into {_subshards} equal parts", nameof(shardBytes));
    }
}
