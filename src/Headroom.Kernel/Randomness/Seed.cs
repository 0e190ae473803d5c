using System.Runtime.CompilerServices;

namespace Headroom.Kernel.Randomness;

/// <summary>
/// A 64-bit seed and the streams derived from it. A substream's seed is a 64-bit FNV-1a hash of its UTF-16 name, or its index, mixed
/// with the parent by the SplitMix64 finaliser; adding a stream never changes another. Version 1: changing any constant here or in
/// <see cref="RandomStream"/> is a new version, because every simulated figure would change.
/// </summary>
public readonly record struct Seed(ulong Value)
{
    public const int Version = 1;

    /// <summary>The seed of the substream of that name.</summary>
    public Seed Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ulong hash = 0xCBF29CE484222325UL;
        foreach (char c in name)
        {
            hash = (hash ^ (byte)c) * 0x100000001B3UL;
            hash = (hash ^ (byte)(c >> 8)) * 0x100000001B3UL;
        }

        return new Seed(Mix(Mix(Value + 0x9E3779B97F4A7C15UL) ^ hash));
    }

    /// <summary>The seed of the substream of that index (member, trial, link).</summary>
    public Seed At(long index) => new(Mix(Mix(Value + 0xD1B54A32D192ED03UL) ^ Mix((ulong)index + 0x9E3779B97F4A7C15UL)));

    /// <summary>
    /// The index-th of the 2^64 outputs of SplitMix64 from this seed ([steele2014]), counted from 0: 64 uniform bits at any place, for where a stream would
    /// cost more to start than is drawn from it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Draw(ulong index) => Mix(Value + ((index + 1) * 0x9E3779B97F4A7C15UL));

    /// <summary>A stream that starts from this seed.</summary>
    public RandomStream Stream() => new(this);

    /// <summary>The finaliser of SplitMix64 ([steele2014] figure 17, variant 13 of Stafford).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
