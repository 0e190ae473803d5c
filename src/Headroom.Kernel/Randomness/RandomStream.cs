using System.Numerics;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Kernel.Randomness;

/// <summary>
/// xoshiro256** 1.0 [blackman2018], its four words filled by SplitMix64 from a <see cref="Seed"/>: 32 bytes of state,
/// period 2^256 - 1. A mutable struct: pass it by reference, keep it in a field. Draws are exact where the target is discrete
/// (<see cref="Below(ulong)"/>, <see cref="Bernoulli"/>), and bit-for-bit equal on every machine everywhere.
/// </summary>
public struct RandomStream : IEquatable<RandomStream>
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public RandomStream(Seed seed)
    {
        ulong z = seed.Value;
        _s0 = Seed.Mix(z += 0x9E3779B97F4A7C15UL);
        _s1 = Seed.Mix(z += 0x9E3779B97F4A7C15UL);
        _s2 = Seed.Mix(z += 0x9E3779B97F4A7C15UL);
        _s3 = Seed.Mix(z + 0x9E3779B97F4A7C15UL);
    }

    /// <summary>True of the default value, which no seed gives and from which nothing is to be drawn: a stream not started yet.</summary>
    public readonly bool IsUnstarted => (_s0 | _s1 | _s2 | _s3) == 0;

    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform on the multiples of 2^-53 in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in (0, 1]: for logarithms.</summary>
    public double NextPositive() => ((NextUInt64() >> 11) + 1) * (1.0 / (1UL << 53));

    /// <summary>Exactly uniform on 0 … n-1 (multiplication with rejection, [lemire2019] algorithm 5).</summary>
    public ulong Below(ulong n)
    {
        ArgumentOutOfRangeException.ThrowIfZero(n);
        ulong high = Math.BigMul(NextUInt64(), n, out ulong low);
        if (low < n)
        {
            ulong threshold = (0UL - n) % n;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), n, out low);
            }
        }

        return high;
    }

    /// <summary>Exactly uniform on 0 … n-1.</summary>
    public int Below(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        return (int)Below((ulong)n);
    }

    /// <summary>True with probability exactly p (a double): a uniform binary fraction is compared with p's, 64 bits at a time.</summary>
    public bool Bernoulli(double p)
    {
        if (!(p > 0))
        {
            return false;
        }

        if (p >= 1)
        {
            return true;
        }

        double rest = p;
        while (true)
        {
            double scaled = rest * 18446744073709551616.0; // exact: a power of two
            ulong digits = (ulong)scaled;
            ulong drawn = NextUInt64();
            if (drawn != digits)
            {
                return drawn < digits;
            }

            rest = scaled - digits;
            if (rest == 0)
            {
                return false;
            }
        }
    }

    /// <summary>Exponential with the given mean, by inversion with our own logarithm.</summary>
    public double Exponential(double mean) => -mean * Elementary.Log(NextPositive());

    /// <summary>Standard normal (Marsaglia's polar method, one of the pair; no state is kept).</summary>
    public double Normal()
    {
        while (true)
        {
            double u = (2 * NextDouble()) - 1;
            double v = (2 * NextDouble()) - 1;
            double s = (u * u) + (v * v);
            if (s is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * Elementary.Log(s) / s);
            }
        }
    }

    /// <summary>Gamma with the given shape and scale ([marsaglia2000] section 2).</summary>
    public double Gamma(double shape, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        if (shape < 1)
        {
            return Gamma(shape + 1, scale) * Elementary.Pow(NextPositive(), 1 / shape);
        }

        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal();
            double t = 1 + (c * x);
            if (t <= 0)
            {
                continue;
            }

            double v = t * t * t;
            if (Elementary.Log(NextPositive()) < (0.5 * x * x) + d - (d * v) + (d * Elementary.Log(v)))
            {
                return d * v * scale;
            }
        }
    }

    /// <summary>A uniform random order of the span (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    public readonly bool Equals(RandomStream other) => _s0 == other._s0 && _s1 == other._s1 && _s2 == other._s2 && _s3 == other._s3;

    public override readonly bool Equals(object? obj) => obj is RandomStream other && Equals(other);

    public override readonly int GetHashCode() => (int)_s0;

    public static bool operator ==(RandomStream left, RandomStream right) => left.Equals(right);

    public static bool operator !=(RandomStream left, RandomStream right) => !left.Equals(right);
}
