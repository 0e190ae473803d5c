namespace Headroom.Coding.Fields.Kernels;

/// <summary>Where the buffers of a call lie: inputs first, then outputs, which lie apart from them. A struct, so that what runs on it calls it directly.</summary>
internal interface IBuffers
{
    /// <summary>At least as many bytes as the call is for.</summary>
    ReadOnlySpan<byte> At(int index);
}
