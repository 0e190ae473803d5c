using System.Runtime.Intrinsics.X86;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>What this machine has.</summary>
public sealed partial class MatrixKernel
{
    internal static KernelPath BestPath => Affine512.IsSupported ? KernelPath.Gfni512 : Shuffle256.IsSupported ? KernelPath.Avx2 : KernelPath.Scalar;

    /// <summary>Non-temporal stores become visible in order with what follows.</summary>
    private static void Fence()
    {
        if (Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}
