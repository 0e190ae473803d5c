namespace Headroom.Coding.Fields.Kernels;

/// <summary>One to four outputs that are computed in one pass over the inputs they need.</summary>
/// <param name="Outputs">Their indices in the panel.</param>
/// <param name="Inputs">The inputs with a coefficient that is not zero, as indices in the panel.</param>
/// <param name="Adds">Whether it adds to what an earlier group wrote: long rows are cut, see <see cref="MatrixCompiler{TField, T}"/>.</param>
/// <param name="IsSum">Every coefficient is one: nothing is compiled, bytes are only added.</param>
/// <param name="Start">Where the group's compiled coefficients begin.</param>
internal sealed record RowGroup(int[] Outputs, int[] Inputs, bool Adds, bool IsSum, int Start);

/// <summary>A part of the matrix whose buffers are held at the same time. Panels beside the first column add to what it wrote.</summary>
internal sealed record Panel(int FirstOutput, int Outputs, int FirstInput, int Inputs, RowGroup[] Groups, bool IsSummedInParts)
{
    /// <summary>Inputs, and outputs, at most: their addresses and a step of each lie on the stack.</summary>
    public const int Max = 256;
}
