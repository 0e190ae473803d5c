using System.Diagnostics;

namespace Headroom.Consensus.Wire;

/// <summary>Writes numbers and bytes into room that the caller has made large enough.</summary>
internal ref struct VarintWriter(Span<byte> into)
{
    private readonly Span<byte> _into = into;

    public int Length { get; private set; }

    public readonly Span<byte> Written => _into[..Length];

    public void Byte(byte value) => _into[Length++] = value;

    public void Number(long value)
    {
        Debug.Assert(value >= 0, "only nonnegative numbers have a form");
        ulong rest = (ulong)value;
        while (rest >= 0x80)
        {
            _into[Length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _into[Length++] = (byte)rest;
    }

    public void Numbers(params ReadOnlySpan<long> values)
    {
        foreach (long value in values)
        {
            Number(value);
        }
    }

    /// <summary>Bytes behind their length.</summary>
    public void Sized(scoped ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        Bytes(bytes);
    }

    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_into[Length..]);
        Length += bytes.Length;
    }

    public void Zeros(int count)
    {
        _into.Slice(Length, count).Clear();
        Length += count;
    }
}
