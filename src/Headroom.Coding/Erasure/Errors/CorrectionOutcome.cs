namespace Headroom.Coding.Erasure.Errors;

/// <summary>What a correction comes to: <see cref="Corrected"/>, or <see cref="Uncorrectable"/>.</summary>
public abstract record CorrectionOutcome
{
    private protected CorrectionOutcome()
    {
    }
}
