namespace Headroom.Consensus.Torture;

/// <summary>64 bits of a row of values, by which two runs are told apart: each value multiplied in by 2^64 over the golden ratio.</summary>
internal struct RunDigest
{
    public ulong Value { get; private set; }

    public RunDigest(ulong value) => Value = value;

    public void Add(ulong value)
    {
        ulong mixed = (Value ^ value) * 0x9E3779B97F4A7C15UL;
        Value = mixed ^ (mixed >> 29);
    }
}
