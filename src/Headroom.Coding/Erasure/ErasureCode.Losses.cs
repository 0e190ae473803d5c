using System.Diagnostics;
using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

public abstract partial class ErasureCode
{
    /// <summary>Whether everything can be had back after these losses. O(losses^2 parities).</summary>
    public bool IsRecoverable(params IReadOnlyList<int> lost)
    {
        ArgumentNullException.ThrowIfNull(lost);
        if (lost.Count > ParityShards)
        {
            return false;
        }

        if (lost.Count < Distance)
        {
            return true;
        }

        var span = new RowSpan256(ParityShards);
        foreach (int shard in lost)
        {
            if (!span.Add(Checks[shard]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The share of all sets of j losses that are recoverable, for j = 0 … n-k (it is 0 beyond). Counted exhaustively where the distance does not
    /// decide; past a million sets the rest counts as lost, which is never too favourable.
    /// </summary>
    public IReadOnlyList<double> RecoverableShares()
    {
        double[] shares = new double[ParityShards + 1];
        int decided = Math.Min(Distance - 1, ParityShards);
        Array.Fill(shares, 1, 0, decided + 1);
        int largest = ParityShards;
        while (largest > decided && Subsets.Count(TotalShards, largest) > 1e6)
        {
            largest--;
        }

        if (largest > decided)
        {
            IReadOnlyList<long> counts = IndependentSets.Count(Checks, largest);
            for (int losses = decided + 1; losses <= largest; losses++)
            {
                shares[losses] = counts[losses] / Subsets.Count(TotalShards, losses);
            }
        }

        return shares;
    }

    /// <summary>The columns of the parity-check matrix, of scalar codes.</summary>
    private protected byte[][] Checks => _checks.Value;

    /// <exception cref="ArgumentException">Not n shards, of unequal length, or a length that is no multiple of alpha.</exception>
    internal void CheckShards(IReadOnlyList<Memory<byte>> shards) => CheckShards(shards, _all);

    /// <summary>The same of the shards that take part; the others may have any length.</summary>
    internal void CheckShards(IReadOnlyList<Memory<byte>> shards, ReadOnlySpan<int> taking)
    {
        ArgumentNullException.ThrowIfNull(shards);
        if (shards.Count != TotalShards)
        {
            throw new ArgumentException($"{Name} has {TotalShards} shards, not {shards.Count}", nameof(shards));
        }

        ReadOnlySpan<Memory<byte>> memories = ListSpan.Of(shards);
        int length = taking.Length == 0 ? 0 : memories[taking[0]].Length;
        foreach (int shard in taking)
        {
            if (memories[shard].Length != length)
            {
                throw new ArgumentException($"shard {shard} has {memories[shard].Length} bytes, shard {taking[0]} has {length}", nameof(shards));
            }
        }

        if (length % Subshards != 0)
        {
            throw new ArgumentException($"shard {taking[0]} has {length} bytes, which {Name} cannot cut into {Subshards} equal parts", nameof(shards));
        }
    }

    private void CheckNumbers(IReadOnlyCollection<int> lost, IReadOnlyCollection<int> available)
    {
        bool[] seen = new bool[TotalShards];
        foreach (int shard in lost.Concat(available))
        {
            if (shard < 0 || shard >= TotalShards)
            {
                throw new ArgumentException($"{Name} has shards 0 to {TotalShards - 1}, not {shard}");
            }

            if (seen[shard])
            {
                throw new ArgumentException($"shard {shard} is named twice among the lost and the available");
            }

            seen[shard] = true;
        }
    }

    /// <summary>
    /// For each shard its column of the parity-check matrix, which is [P I] up to the order of its columns: a set of losses is recoverable when their
    /// columns are independent. Only scalar codes come here: with several sub-chunks every code here lets any k shards decode.
    /// </summary>
    private byte[][] BuildChecks()
    {
        Debug.Assert(Subshards == 1, "the distance decides for codes of several sub-chunks");
        int[] parities = [.. Enumerable.Range(0, TotalShards).Except(Data.Select(place => place.Shard))];
        byte[][] checks = [.. Enumerable.Range(0, TotalShards).Select(_ => new byte[ParityShards])];
        for (int row = 0; row < parities.Length; row++)
        {
            checks[parities[row]][row] = 1;
            for (int column = 0; column < Data.Count; column++)
            {
                checks[Data[column].Shard][row] = Generator[parities[row], column];
            }
        }

        return checks;
    }
}
