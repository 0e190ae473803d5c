namespace Headroom.Coding.Fields.Kernels;

/// <summary>Bytes from … to (exclusive) of every buffer: a whole number of steps.</summary>
internal readonly record struct StepSpan(nint From, nint To);

/// <summary>What becomes of a sum.</summary>
internal enum Storing
{
    /// <summary>It replaces what stood in the output.</summary>
    Overwrite,

    /// <summary>It is added to what stood there.</summary>
    Accumulate,

    /// <summary>It replaces it, past the caches.</summary>
    NonTemporal,
}
