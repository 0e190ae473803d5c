namespace Headroom.Coding.Fields.Kernels;

/// <summary>The instructions a kernel is compiled for. All give the same bytes.</summary>
public enum KernelPath
{
    /// <summary>Bytes and words alone.</summary>
    Scalar,

    /// <summary>256-bit shuffles as tables of sixteen products.</summary>
    Avx2,

    /// <summary>512-bit affine transforms over GF(2).</summary>
    Gfni512,
}
