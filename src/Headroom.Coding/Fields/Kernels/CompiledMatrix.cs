namespace Headroom.Coding.Fields.Kernels;

/// <summary>What a kernel runs.</summary>
/// <param name="Inputs">Columns.</param>
/// <param name="Outputs">Rows.</param>
/// <param name="ElementBytes">1 or 2.</param>
/// <param name="Path">The instructions that the coefficients are for.</param>
/// <param name="Panels">The matrix in parts.</param>
/// <param name="Coefficients">Compiled, in the order of use.</param>
internal sealed record CompiledMatrix(int Inputs, int Outputs, int ElementBytes, KernelPath Path, Panel[] Panels, byte[] Coefficients);
