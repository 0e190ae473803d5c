using System.Globalization;
using System.Numerics;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation;

/// <summary>
/// Folds everything that an observer is told, in its order, heads and replies byte by byte, into 128 bits: two runs with the same digest were the same run.
/// Not a cryptographic hash.
/// </summary>
public struct DigestObserver : IObserver
{
    private const ulong Odd = 0x9E3779B97F4A7C15UL;

    private ulong _a;
    private ulong _b;
    private int _messages;

    /// <summary>Events folded.</summary>
    public long Count { get; private set; }

    /// <summary>32 hexadecimal digits.</summary>
    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_a:x16}{_b:x16}");

    public int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes)
    {
        Fold(1, member, body, bodyBytes);
        Fold(head);
        _messages = (_messages + 1) & int.MaxValue;
        return _messages;
    }

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
        Fold(2, from, to, body);
        Fold(tag, wireBytes, (int)drop, nowNs);
    }

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
        Fold(3, from, to, body);
        Fold(tag, wireBytes, 0, nowNs);
    }

    public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
    {
        Fold(4, from, to, body);
        Fold(tag, wireBytes, (int)cause, nowNs);
    }

    public void Delivered(int member, int body, long nowNs) => Fold(5, member, body, nowNs);

    public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
        Fold(6, member, request, body);
        Fold(0, 0, 0, nowNs);
        Fold(head);
    }

    public void Struck(in Fault fault)
    {
        Fold(7, fault.TimeNs, (int)fault.Kind, fault.Member);
        Fold(fault.Peer, fault.DelayNs, fault.DriftPpb, BitConverter.DoubleToInt64Bits(fault.Share));
    }

    private void Fold(long x, long y, long z, long w)
    {
        Count++;
        Fold((ulong)x);
        Fold((ulong)y);
        Fold((ulong)z);
        Fold((ulong)w);
    }

    private void Fold(ReadOnlySpan<byte> bytes)
    {
        Fold((ulong)bytes.Length);
        foreach (byte value in bytes)
        {
            Fold(value);
        }
    }

    private void Fold(ulong value)
    {
        _a = (BitOperations.RotateLeft(_a, 23) ^ value) * Odd;
        _a ^= _a >> 29;
        _b = BitOperations.RotateLeft(_b, 41) + (_a ^ (value * 0xD1B54A32D192ED03UL));
    }
}
