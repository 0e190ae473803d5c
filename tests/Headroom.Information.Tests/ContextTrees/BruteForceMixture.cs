using Headroom.Information.ContextTrees;

namespace Headroom.Information.Tests.ContextTrees;

/// <summary>The definition of the weighted probability, taken literally: every node collects its bits, every node recurses.</summary>
internal static class BruteForceMixture
{
    public static double Bits(ContextTreeOptions options, byte[] text)
    {
        double bits = 0;
        for (int partial = 1; partial < 256; partial++)
        {
            int length = System.Numerics.BitOperations.Log2((uint)partial);
            int[] positions = [.. Enumerable.Range(0, text.Length).Where(i => (text[i] | 256) >> (8 - length) == partial)];
            if (positions.Length > 0)
            {
                bits -= Weighted(options, text, positions, 7 - length, 0);
            }
        }

        return bits;
    }

    private static double Weighted(ContextTreeOptions options, byte[] text, int[] positions, int bit, int order)
    {
        double own = Estimate([.. positions.Select(i => (text[i] >> bit) & 1)], options.FavourConstant);
        if (order == options.ContextBytes.Count - 1)
        {
            return own;
        }

        double children = positions.GroupBy(i => Context(text, i, options.ContextBytes[order], options.ContextBytes[order + 1]))
            .Sum(group => Weighted(options, text, [.. group], bit, order + 1));
        return Math.Log2((Math.Pow(2, own) + Math.Pow(2, children)) / 2);
    }

    private static string Context(byte[] text, int position, int from, int to) =>
        string.Join(',', Enumerable.Range(from + 1, to - from).Select(back => position >= back ? text[position - back] : 0));

    private static double Estimate(int[] bits, bool favourConstant)
    {
        double kt = 0;
        int[] counts = [0, 0];
        foreach (int bit in bits)
        {
            kt += Math.Log2((counts[bit] + 0.5) / (counts[0] + counts[1] + 1));
            counts[bit]++;
        }

        double constant = (counts[0] == 0 ? 0.25 : 0) + (counts[1] == 0 ? 0.25 : 0);
        return favourConstant ? Math.Log2((Math.Pow(2, kt) / 2) + constant) : kt;
    }
}
