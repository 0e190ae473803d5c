using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// Product-matrix code at minimum repair bandwidth ([rashmi2011] section IV) for any k up to d up to n - 1: shard i is row i of Psi M, d sub-chunks. M is the
/// symmetric d x d matrix [S T; T' 0] of the data, S being k x k, so that B = k d - k (k-1)/2. Psi = [I 0; C] with a Cauchy matrix C of n - k rows and d
/// columns: any d rows of Psi are independent, and any k rows of its first k columns, because every square part of C is invertible. So any k shards decode,
/// and the first k shards hold the data as they are: place (i, j) of shard i below k is the entry (i, j) of M, data for j at least i, a copy of (j, i) below.
///
/// A lost shard f is Psi_f M: each of d helpers h sends one sub-chunk, Psi_h M Psi_f', and the d x d matrix of their rows is inverted: what is sent is exactly
/// what was lost. For f below k each helper reads only the sub-chunk it sends; for a parity it reads all d.
/// </summary>
public sealed class MinimumBandwidthCode : ErasureCode
{
    /// <summary>n alpha B, the entries of the generator: a bound on memory.</summary>
    private const long GeneratorEntriesMax = 1 << 22;

    private readonly Matrix256 _psi;

    /// <summary>d = n - 1 helpers.</summary>
    public MinimumBandwidthCode(int dataShards, int parityShards)
        : this(dataShards, parityShards, dataShards + parityShards - 1)
    {
    }

    /// <exception cref="ArgumentException">What <see cref="Refusal"/> says.</exception>
    public MinimumBandwidthCode(int dataShards, int parityShards, int helpers)
        : base($"mbr({dataShards},{parityShards},{helpers})", Shards(dataShards, parityShards, helpers), dataShards, helpers, Places(dataShards, helpers))
    {
        RepairHelpers = helpers;
        _psi = new Matrix256(TotalShards, helpers, (i, j) =>
            i < dataShards ? (i == j ? (byte)1 : (byte)0) : GaloisField256.Inverse((byte)((helpers + i - dataShards) ^ j)));
    }

    /// <summary>d: how many shards a repair hears from.</summary>
    public int RepairHelpers { get; }

    /// <summary>m + 1: any k shards decode.</summary>
    public override int Distance => ParityShards + 1;

    /// <summary>Why there is no such code, or null.</summary>
    public static string? Refusal(int dataShards, int parityShards, int helpers)
    {
        string name = $"mbr({dataShards},{parityShards},{helpers})";
        (long k, long m, long d) = (dataShards, parityShards, helpers);
        return k < 1 || m < 1 ? $"{name} needs at least one data shard and one parity shard"
            : d < k || d >= k + m ? $"{name}: {d} helpers, but a repair hears from {(m == 1 ? $"{k}" : $"{k} to {k + m - 1}")} shards"
            : d + m > ReedSolomonCode.MaxShards ? $"{name} of {m} parity shards and {d} helpers: the field GF(256) has room for {ReedSolomonCode.MaxShards} together"
            : (k + m) * d * ((k * d) - (k * (k - 1) / 2)) > GeneratorEntriesMax ? $"{name} has too many parts: {k + m} shards of {d} (fewer shards, or fewer helpers)"
            : null;
    }

    private protected override Matrix256 BuildGenerator()
    {
        (int k, int d) = (DataShards, RepairHelpers);
        int Place(int i, int j) => (i * d) - (i * (i - 1) / 2) + j - i; // of M's entry (i, j), i at most j: row i has d - i entries
        byte[][] rows = [.. Enumerable.Range(0, TotalShards * d).Select(_ => new byte[DataSubshards])];
        for (int shard = 0; shard < TotalShards; shard++)
        {
            for (int c = 0; c < d; c++)
            {
                for (int r = 0; r < d; r++)
                {
                    if (Math.Min(r, c) < k)
                    {
                        rows[(shard * d) + c][Place(Math.Min(r, c), Math.Max(r, c))] = _psi[shard, r];
                    }
                }
            }
        }

        return new Matrix256(rows.Length, DataSubshards, (i, j) => rows[i][j]);
    }

    /// <summary>By d helpers, as long as that sends less than the data; otherwise by any k.</summary>
    private protected override RepairOutcome Plan(int[] lost, int[] available)
    {
        int d = RepairHelpers;
        return lost.Length > 0 && available.Length >= d && lost.Length * d <= DataSubshards
            ? Regenerate(lost, available[..d])
            : LinearPlanner.Plan(this, lost, available);
    }

    private RepairPlan Regenerate(int[] lost, int[] helpers)
    {
        int d = RepairHelpers;
        int[] reads = [.. Enumerable.Range(0, d).Where(c => lost.Any(f => _psi[f, c] != 0))];
        var message = new Matrix256(lost.Length, reads.Length, (i, j) => _psi[lost[i], reads[j]]);
        bool forwards = lost[^1] < DataShards;
        if (!_psi.Select(helpers).TryInvert(out Matrix256? inverse))
        {
            throw new InvalidOperationException($"{d} rows of {Name} are dependent");
        }

        // Helper h's message for the i-th lost shard is received at h times their number + i.
        var combination = new Matrix256(lost.Length * d, lost.Length * d, (row, column) =>
            column % lost.Length == row / d ? inverse[row % d, column / lost.Length] : (byte)0);
        return new RepairPlan(this, lost, [.. helpers.Select(h => new HelpingShard(h, reads, lost.Length, forwards, d))],
            new LinearRepairWork([.. helpers.Select(_ => forwards ? null : message)], combination));
    }

    private static IReadOnlyList<Subshard> Places(int k, int d) =>
        [.. Enumerable.Range(0, k).SelectMany(i => Enumerable.Range(i, d - i).Select(j => new Subshard(i, j)))];

    private static int Shards(int k, int m, int d) => Refusal(k, m, d) is { } why ? throw new ArgumentException(why) : k + m;
}
