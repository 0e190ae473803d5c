using Headroom.Information.Models;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Information.Sources;

/// <summary>
/// A stationary source of bytes with a known law: the next byte depends on the last one through a transition matrix; a memoryless source has equal rows.
/// What any code must spend is known exactly: -log2 P(x) for the very string drawn.
/// </summary>
public sealed class MarkovSource
{
    private readonly double[][] _transitions;
    private readonly double[] _start;
    private readonly byte[] _alphabet;

    /// <param name="alphabet">The byte for each state, without repetition.</param>
    /// <param name="transitions">Row i: probabilities of what follows state i.</param>
    /// <exception cref="ArgumentException">Not a square matrix of distributions of the alphabet's size, or without a unique stationary law.</exception>
    public MarkovSource(byte[] alphabet, double[][] transitions)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        ArgumentNullException.ThrowIfNull(transitions);
        if (transitions.Length != alphabet.Length || transitions.Any(row => row.Length != alphabet.Length) || alphabet.Distinct().Count() != alphabet.Length)
        {
            throw new ArgumentException("the matrix is not of the alphabet's size, or the alphabet repeats itself", nameof(transitions));
        }

        if (ShannonEntropy.Problem(transitions) is { } problem)
        {
            throw new ArgumentException(problem, nameof(transitions));
        }

        _start = MarkovChain.Stationary(transitions) ?? throw new ArgumentException("the chain has more than one closed class", nameof(transitions));
        (_alphabet, _transitions) = (alphabet, transitions);
        RateBitsPerByte = MarkovChain.EntropyRate(transitions)!.Value;
    }

    /// <summary>Entropy rate in bits per byte.</summary>
    public double RateBitsPerByte { get; }

    public static MarkovSource Memoryless(byte[] alphabet, double[] law) => new(alphabet, [.. Enumerable.Repeat(law, alphabet?.Length ?? 0)]);

    /// <summary>Draws a string, and its ideal length -log2 P(x) in bits.</summary>
    public (byte[] Bytes, double IdealBits) Draw(int length, ref RandomStream random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        byte[] bytes = new byte[length];
        double bits = 0;
        double[] law = _start;
        for (int i = 0; i < length; i++)
        {
            int state = Pick(law, ref random);
            bytes[i] = _alphabet[state];
            bits -= Elementary.Log2(law[state]);
            law = _transitions[state];
        }

        return (bytes, bits);
    }

    private static int Pick(double[] law, ref RandomStream random)
    {
        double u = random.NextDouble();
        int last = 0;
        for (int i = 0; i < law.Length; i++)
        {
            if (law[i] > 0)
            {
                last = i;
                if (u < law[i])
                {
                    return i;
                }

                u -= law[i];
            }
        }

        return last;
    }
}
