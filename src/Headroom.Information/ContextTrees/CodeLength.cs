using Headroom.Kernel.Arithmetic;

namespace Headroom.Information.ContextTrees;

/// <summary>Ideal code lengths, -log2 of the probability that a tree gives to the bytes; the tree learns from them as it goes.</summary>
public static class CodeLength
{
    /// <summary>Bits for these bytes after all that the tree has seen.</summary>
    public static double OfBits(ContextTree tree, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(tree);
        double bits = 0;
        double product = 1;
        foreach (byte value in bytes)
        {
            for (int i = 7; i >= 0; i--)
            {
                int bit = (value >> i) & 1;
                double one = tree.PredictOne();
                product *= bit == 1 ? one : 1 - one;
                tree.Update(bit);
                if (product < 1e-200)
                {
                    bits -= Elementary.Log2(product);
                    product = 1;
                }
            }
        }

        return bits - Elementary.Log2(product);
    }
}
