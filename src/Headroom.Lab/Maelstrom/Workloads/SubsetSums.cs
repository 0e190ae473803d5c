using System.Numerics;

namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary>All sums of a start and any of some small terms, as the bits of one large number.</summary>
internal sealed class SubsetSums
{
    private readonly BigInteger _bits;

    private SubsetSums(long least, long most, BigInteger bits)
    {
        (Least, Most) = (least, most);
        _bits = bits;
    }

    public long Least { get; }

    public long Most { get; }

    public static SubsetSums Of(long start, IEnumerable<int> terms)
    {
        // Bit i stands for least + i; a negative term moves the least down first, so that every shift is to the left.
        (long least, long most) = (start, start);
        BigInteger bits = BigInteger.One;
        foreach (int term in terms)
        {
            bits |= bits << Math.Abs(term);
            (least, most) = (least + Math.Min(0, term), most + Math.Max(0, term));
        }

        return new SubsetSums(least, most, bits);
    }

    public bool Contains(long value) => value >= Least && value <= Most && !((_bits >> (int)(value - Least)) & BigInteger.One).IsZero;

    public override string ToString() => Least == Most ? $"{Least}" : $"{Least} to {Most}, as some of them may or may not have happened";
}
