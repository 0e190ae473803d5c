using System.Diagnostics;
using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// A systematic linear code over GF(2^8): k data shards and n - k parity shards of equal length, shard i being row i of the generator
/// applied to the data. One contract for all codes: encode, decode, and repair as a plan (what to read from whom) that is then run.
/// What cannot be done is a value, <see cref="Unrecoverable"/>, that names what would suffice.
/// </summary>
public abstract class ErasureCode
{
    /// <summary>For each shard its column of the parity-check matrix [P I]: a set of losses is recoverable when their columns are independent.</summary>
    private readonly byte[][] _checks;

    private protected ErasureCode(string name, Matrix256 generator)
    {
        Name = name;
        Generator = generator;
        Debug.Assert(generator.Rows >= generator.Columns && generator.Columns > 0, "a code has data, and its parities after them");
        _checks = new byte[TotalShards][];
        for (int shard = 0; shard < TotalShards; shard++)
        {
            _checks[shard] = new byte[ParityShards];
            for (int parity = 0; parity < ParityShards; parity++)
            {
                _checks[shard][parity] = shard < DataShards ? generator[DataShards + parity, shard]
                    : shard - DataShards == parity ? (byte)1 : (byte)0;
            }
        }
    }

    /// <summary>As written in a system file: <c>rs(10,4)</c>.</summary>
    public string Name { get; }

    /// <summary>n rows, k columns; its first k rows are the identity.</summary>
    public Matrix256 Generator { get; }

    public int DataShards => Generator.Columns;

    public int TotalShards => Generator.Rows;

    public int ParityShards => TotalShards - DataShards;

    /// <summary>The least number of shards whose loss can be fatal.</summary>
    public abstract int Distance { get; }

    /// <summary>The number of losses that are survived wherever they fall.</summary>
    public int FailuresSurvived => Distance - 1;

    /// <summary>n/k: stored bytes per byte.</summary>
    public double Overhead => (double)TotalShards / DataShards;

    /// <summary>Whether everything can be had back after these losses. O(losses^2 parities).</summary>
    public bool IsRecoverable(params IReadOnlyList<int> lost)
    {
        ArgumentNullException.ThrowIfNull(lost);
        if (lost.Count > ParityShards)
        {
            return false;
        }

        var span = new RowSpan256(ParityShards);
        foreach (int shard in lost)
        {
            if (!span.Add(_checks[shard]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Fills the parity shards, shards[k] to shards[n-1], from the data shards. O(k (n-k)) multiply-adds a byte.</summary>
    /// <exception cref="ArgumentException">Not n shards, or of unequal length.</exception>
    public void Encode(IReadOnlyList<Memory<byte>> shards)
    {
        CheckShards(shards);
        int[] data = [.. Enumerable.Range(0, DataShards)];
        int[] parities = [.. Enumerable.Range(DataShards, ParityShards)];
        LinearMap.Apply(Generator.Select(parities), data, parities, shards);
    }

    /// <summary>What to read to have every data shard that is not among the available.</summary>
    public RepairOutcome PlanDecode(IReadOnlyCollection<int> available)
    {
        ArgumentNullException.ThrowIfNull(available);
        return PlanRepair([.. Enumerable.Range(0, DataShards).Where(shard => !available.Contains(shard))], available);
    }

    /// <summary>
    /// What to read, of the available shards, to rebuild the lost: a <see cref="RepairPlan"/>, or <see cref="Unrecoverable"/>. Shards in neither
    /// set are not read and not rebuilt.
    /// </summary>
    /// <exception cref="ArgumentException">A shard number outside the code, twice, or in both sets.</exception>
    public RepairOutcome PlanRepair(IReadOnlyCollection<int> lost, IReadOnlyCollection<int> available)
    {
        ArgumentNullException.ThrowIfNull(lost);
        ArgumentNullException.ThrowIfNull(available);
        CheckNumbers(lost, available);
        var span = new RowSpan256(DataShards);
        var basis = new List<int>();
        foreach (int shard in ReadOrder(lost, available))
        {
            if (span.Rank < DataShards && span.Add(Generator.Row(shard)))
            {
                basis.Add(shard);
            }
        }

        int[] targets = [.. lost.Order()];
        byte[][] rows = new byte[targets.Length][];
        for (int i = 0; i < targets.Length; i++)
        {
            if (!span.TryExpress(Generator.Row(targets[i]), out byte[]? row))
            {
                return CannotRebuild(targets, available, span);
            }

            rows[i] = row;
        }

        // Only shards that some lost one needs are read.
        int[] used = [.. Enumerable.Range(0, basis.Count).Where(j => rows.Any(row => row[j] != 0))];
        return new RepairPlan(this, targets, [.. used.Select(j => basis[j])], new Matrix256(targets.Length, used.Length, (i, j) => rows[i][used[j]]));
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
            IReadOnlyList<long> counts = IndependentSets.Count(_checks, largest);
            for (int losses = decided + 1; losses <= largest; losses++)
            {
                shares[losses] = counts[losses] / Subsets.Count(TotalShards, losses);
            }
        }

        return shares;
    }

    /// <summary>Shards read per shard rebuilt, after the loss of one, averaged over which one it is; 0 without parity.</summary>
    public abstract double MeanRepairReads { get; }

    public override string ToString() => Name;

    /// <summary>The available shards in the order in which a repair prefers to read them.</summary>
    private protected virtual IEnumerable<int> ReadOrder(IReadOnlyCollection<int> lost, IReadOnlyCollection<int> available) => available.Order();

    internal void CheckShards(IReadOnlyList<Memory<byte>> shards)
    {
        ArgumentNullException.ThrowIfNull(shards);
        if (shards.Count != TotalShards)
        {
            throw new ArgumentException($"{Name} has {TotalShards} shards, not {shards.Count}", nameof(shards));
        }

        int unequal = shards.Index().FirstOrDefault(shard => shard.Item.Length != shards[0].Length, (-1, default)).Index;
        if (unequal >= 0)
        {
            throw new ArgumentException($"shard {unequal} has {shards[unequal].Length} bytes, shard 0 has {shards[0].Length}", nameof(shards));
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

    /// <summary>The fewest further shards: as many of the lost as raise the rank of what is there, which is what any sufficient set must do.</summary>
    private Unrecoverable CannotRebuild(int[] lost, IReadOnlyCollection<int> available, RowSpan256 span)
    {
        int[] suffices = [.. lost.Where(shard => span.Add(Generator.Row(shard)))];
        return new Unrecoverable(this, lost, [.. available.Order()], suffices);
    }
}
