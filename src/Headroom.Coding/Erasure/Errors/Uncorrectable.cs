namespace Headroom.Coding.Erasure.Errors;

/// <summary>More is wrong than can be located; nothing was changed.</summary>
/// <param name="Offset">The first byte of the shards at which no codeword is near enough; 0 when too few shards are there at all.</param>
/// <param name="Reason">In words.</param>
public sealed record Uncorrectable(int Offset, string Reason) : CorrectionOutcome
{
    /// <summary>The reason.</summary>
    public override string ToString() => Reason;
}
