using Headroom.Information.Models;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Information.Estimation;

/// <summary>
/// What the frequencies of symbols suggest about the entropy of one symbol, in bits. None of these is a bound: codecs that see more than one byte at a time go
/// below them, up to tenfold on logs.
/// </summary>
public static class ByteEntropy
{
    /// <summary>The empirical entropy of order 0, the plug-in estimate: biased down.</summary>
    public static double PlugIn(ReadOnlySpan<byte> data) => PlugIn(Counts(data));

    /// <summary>The empirical entropy of counts; 0 for no data.</summary>
    public static double PlugIn(ReadOnlySpan<long> counts)
    {
        double total = Total(counts);
        double sum = 0;
        foreach (long count in counts)
        {
            sum += count > 0 ? ShannonEntropy.Term(count / total) : 0;
        }

        return sum;
    }

    /// <summary>The plug-in estimate and (K-1)/(2n) nats for its bias, K the symbols that occur ([miller1955]).</summary>
    public static double MillerMadow(ReadOnlySpan<long> counts)
    {
        double total = Total(counts);
        int kinds = 0;
        foreach (long count in counts)
        {
            kinds += count > 0 ? 1 : 0;
        }

        return total == 0 ? 0 : PlugIn(counts) + ((kinds - 1) / (2 * total) / 0.6931471805599453);
    }

    /// <summary>
    /// The most common value estimate of *min*-entropy ([turan2018] Section 6.3.1): -log2 of the upper end of a 99 % interval for the
    /// greatest probability, p + 2.576 sqrt(p(1-p)/(n-1)), at most 1.
    /// </summary>
    public static double MostCommonValue(ReadOnlySpan<long> counts)
    {
        double total = Total(counts);
        long most = 0;
        foreach (long count in counts)
        {
            most = Math.Max(most, count);
        }

        if (total < 2)
        {
            return 0;
        }

        double p = most / total;
        double upper = Math.Min(1, p + (2.5758293035489008 * Math.Sqrt(p * (1 - p) / (total - 1))));
        return -Elementary.Log2(upper);
    }

    /// <summary>How often each byte value occurs.</summary>
    public static long[] Counts(ReadOnlySpan<byte> data)
    {
        long[] counts = new long[256];
        foreach (byte value in data)
        {
            counts[value]++;
        }

        return counts;
    }

    private static double Total(ReadOnlySpan<long> counts)
    {
        long total = 0;
        foreach (long count in counts)
        {
            total += count;
        }

        return total;
    }
}
