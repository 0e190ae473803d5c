using System.Diagnostics.CodeAnalysis;

namespace Headroom.Coding.Erasure.Errors;

/// <summary>
/// Wrong bytes as well as missing shards: with n' of the n shards there, at every offset up to (n' - k)/2 wrong bytes are found and corrected, wherever they
/// stand, which is half of the redundancy and the most for certain. For codes that are generalized Reed-Solomon (<see cref="GeneralizedReedSolomon"/>): Cauchy and
/// Jerasure's Vandermonde of every size, replication, and ISA-L's Vandermonde with at most two parities or at most two data shards. Where more is wrong than that,
/// it is usually noticed; a column can also lie near another codeword, and is then "corrected" to it.
/// </summary>
/// <remarks>
/// Syndromes are a matrix applied to whole shards. While the same shards are wrong nothing is decoded: once located, one matrix shows that nothing else is wrong,
/// another gives the errors. A column at which others are wrong costs O(n r) alone.
/// </remarks>
public sealed class ErrorCorrection
{
    private readonly GeneralizedReedSolomon _structure;

    private ErrorCorrection(ErasureCode code, GeneralizedReedSolomon structure) => (Code, _structure) = (code, structure);

    /// <summary>The code whose shards are corrected.</summary>
    public ErasureCode Code { get; }

    /// <summary>False, with the reason, for codes without the structure by which errors are located.</summary>
    public static bool TryOf(ErasureCode code, [NotNullWhen(true)] out ErrorCorrection? correction, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(code);
        bool found = false;
        correction = null;
        if (code.Subshards == 1 && code.AnyDataShardsDecode && code.Data[^1].Shard == code.DataShards - 1)
        {
            found = GeneralizedReedSolomon.TryOf(code.Generator, out GeneralizedReedSolomon? structure);
            correction = found ? new ErrorCorrection(code, structure!) : null;
        }

        problem = found ? null : $"{code} is not a generalized Reed-Solomon code: lost shards are rebuilt, but wrong bytes are not located (rs({code.DataShards},{code.ParityShards}) does)";
        return found;
    }

    /// <summary>How many wrong bytes at each offset are corrected when so many shards are missing: (n - missing - k)/2, or -1 when too few are there to decode.</summary>
    public int ErrorsCorrected(int missing)
    {
        int spare = Code.ParityShards - missing;
        return spare < 0 ? -1 : spare / 2;
    }

    /// <summary>Corrects the shards that are there, in place, and rebuilds the missing. On <see cref="Uncorrectable"/> nothing is changed.</summary>
    /// <exception cref="ArgumentException">Not n shards of equal length, or a missing shard outside the code or named twice.</exception>
    public CorrectionOutcome Correct(IReadOnlyList<Memory<byte>> shards, params IReadOnlyCollection<int> missing)
    {
        ArgumentNullException.ThrowIfNull(missing);
        Code.CheckShards(shards);
        int[] present = [.. Enumerable.Range(0, Code.TotalShards).Except(missing)];
        RepairOutcome repair = Code.PlanRepair(missing, present);
        if (repair is not RepairPlan plan)
        {
            return new Uncorrectable(0, repair.ToString()!);
        }

        byte[]?[] errors = new byte[]?[present.Length];
        int syndromes = present.Length - Code.DataShards;
        if (syndromes > 0)
        {
            var locator = new ErrorLocator(present, [.. present.Select(s => _structure.Points[s])], _structure.DualMultipliers(present), syndromes);
            int wrongAt = new ColumnWalk(locator, [.. present.Select(s => shards[s])], syndromes).Find(errors);
            if (wrongAt >= 0)
            {
                return new Uncorrectable(wrongAt, $"{Code}: more than {locator.ErrorsMax} of the {present.Length} shards are wrong at byte {wrongAt}");
            }
        }

        Corrected corrected = Apply(errors, present, shards);
        plan.Run(shards);
        return corrected;
    }

    private static Corrected Apply(byte[]?[] errors, int[] present, IReadOnlyList<Memory<byte>> shards)
    {
        var wrong = new List<int>();
        long bytes = 0;
        for (int i = 0; i < present.Length; i++)
        {
            if (errors[i] is { } error && error.AsSpan().IndexOfAnyExcept((byte)0) >= 0)
            {
                wrong.Add(present[i]);
                bytes += error.Length - error.AsSpan().Count((byte)0);
                Fields.GaloisField256.MultiplyAdd(1, error, shards[present[i]].Span);
            }
        }

        return new Corrected(wrong, bytes);
    }
}
