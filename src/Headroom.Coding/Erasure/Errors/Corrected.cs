namespace Headroom.Coding.Erasure.Errors;

/// <summary>The shards are those of a codeword again.</summary>
/// <param name="WrongShards">Of the shards that were there those with a wrong byte, ascending.</param>
/// <param name="WrongBytes">Bytes changed, missing shards not counted.</param>
public sealed record Corrected(IReadOnlyList<int> WrongShards, long WrongBytes) : CorrectionOutcome;
