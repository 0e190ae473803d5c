using Headroom.Coding.Erasure;
using Headroom.Coding.Erasure.Errors;

namespace Headroom.Coding.Files;

/// <summary>Shards that contradict each other: which of them is to blame, and how sure that is.</summary>
public sealed partial class RawShards
{
    /// <summary>
    /// Refuses shards of which some are not what the data decoded encode to, and says which are to blame. Reed-Solomon codes locate errors in up to half of the shards that are there beyond k
    /// (<see cref="ErrorCorrection"/>); of other codes one shard at a time is left out, which finds a single one.
    /// </summary>
    private void Compare(Memory<byte>[] window, int[] available, long start, int length)
    {
        if (FirstOdd(window, available, length) is not { } odd)
        {
            return;
        }

        long first = (odd.Index * _part) + start;
        string where = $"between bytes {first} and {first + length - 1} of their files";
        throw new ShardException(ErrorCorrection.TryOf(_code, out ErrorCorrection? correction, out _) && correction.ErrorsCorrected(_code.TotalShards - available.Length) is > 0 and { } errors
            ? Located(correction, window, available, where, errors)
            : LeftOut(window, available, length, where));
    }

    private static string Located(ErrorCorrection correction, Memory<byte>[] window, int[] available, string where, int errors)
    {
        Memory<byte>[] copy = [.. window.Select(shard => shard.ToArray().AsMemory())];
        int[] missing = [.. Enumerable.Range(0, copy.Length).Except(available)];
        string certain = $"{available.Length} shards of {correction.Code} tell up to {errors} wrong at a byte for certain";
        if (correction.Correct(copy, missing) is not Corrected { WrongShards: { Count: > 0 } wrong })
        {
            return $"the shards contradict each other {where}: more than {errors} of them are wrong at one byte, or they are of another code than stated ({certain}); name what is damaged (--erase)";
        }

        bool isOne = wrong.Count == 1;
        return $"shard{(isOne ? "" : "s")} {string.Join(", ", wrong)} contradict{(isOne ? "s" : "")} the others {where}: {(isOne ? "it is" : "they are")} damaged or misplaced ({certain}; were more wrong, others might be to blame)"
            + (wrong.Count <= available.Length - correction.Code.DataShards ? $"; take {(isOne ? "it" : "them")} for lost (--erase {string.Join(',', wrong)})" : "; too few others are left to decode without them");
    }

    private string LeftOut(Memory<byte>[] window, int[] available, int length, string where)
    {
        int[] suspects = [.. available.Where(suspect => IsConsistentWithout(window, available, suspect, length))];
        string how = "by leaving out one at a time, which shows one damaged shard and no more";
        return suspects.Length == 1
            ? $"shard {suspects[0]} contradicts the others {where}: it is damaged or misplaced ({how}); take it for lost (--erase {suspects[0]})"
            : $"the shards contradict each other {where}; "
                + (suspects.Length == 0 ? $"no single one of them is to blame ({how}), unless they are of another code than stated" : $"one of {string.Join(", ", suspects)} is to blame, and there are too few others to tell which ({how})")
                + "; name what is damaged (--erase)";
    }

    private bool IsConsistentWithout(Memory<byte>[] window, int[] available, int suspect, int length)
    {
        int[] rest = [.. available.Where(shard => shard != suspect)];
        if (_code.PlanDecode(rest) is not RepairPlan plan)
        {
            return false;
        }

        Memory<byte>[] copy = [.. window.Select(shard => shard.ToArray().AsMemory())];
        plan.Run(copy);
        return FirstOdd(copy, rest, length) is null;
    }
}
