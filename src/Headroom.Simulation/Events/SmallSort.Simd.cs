using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Headroom.Simulation.Events;

/// <summary>
/// Sorts a few events that mostly lie in the order of their sequence. With wide vectors: an event's place is the number of events before it,
/// counted eight at a time without a branch. A key is the time's low 59 bits above the event's index (five bits), so that ties keep their order;
/// lanes beyond the last event hold the greatest key and come before nothing.
/// </summary>
internal static class SmallSort
{
    public const int Most = 32;
    private const int IndexBits = 5;
    private const int Lanes = 8;

    [SkipLocalsInit]
    public static void Sort(ReadOnlySpan<SimulationEvent> items, Span<SimulationEvent> into)
    {
        Debug.Assert(items.Length is > 0 and <= Most && into.Length == items.Length, "an index has five bits");
        if (!Vector512.IsHardwareAccelerated || !TrySortByRank(items, ref MemoryMarshal.GetReference(into)))
        {
            SortByInsertion(items, into);
        }
    }

    /// <summary>The oracle, and the way on machines without wide vectors.</summary>
    internal static void SortByInsertion(ReadOnlySpan<SimulationEvent> items, Span<SimulationEvent> into)
    {
        into[0] = items[0];
        ref SimulationEvent first = ref MemoryMarshal.GetReference(into);
        for (int i = 1; i < items.Length; i++)
        {
            SimulationEvent item = items[i];
            ref SimulationEvent place = ref into[i];
            while (Unsafe.IsAddressGreaterThan(ref place, ref first) && item.IsBefore(Unsafe.Add(ref place, -1)))
            {
                place = Unsafe.Add(ref place, -1);
                place = ref Unsafe.Add(ref place, -1);
            }

            place = item;
        }
    }

    /// <summary>False when order numbers do not ascend or times differ in their highest bits.</summary>
    [SkipLocalsInit]
    internal static bool TrySortByRank(ReadOnlySpan<SimulationEvent> items, ref SimulationEvent into)
    {
        Span<long> keys = stackalloc long[Most];
        int lanes = items.Length <= Lanes ? Lanes : items.Length <= 2 * Lanes ? 2 * Lanes : Most;
        long firstNs = items[0].TimeNs;
        long differing = 0;
        long order = long.MinValue;
        bool ascending = true;
        for (int i = 0; i < items.Length; i++)
        {
            ref readonly SimulationEvent item = ref items[i];
            differing |= item.TimeNs ^ firstNs;
            ascending &= item.Order > order;
            order = item.Order;
            keys[i] = (item.TimeNs << IndexBits) | (uint)i;
        }

        if (!ascending || differing >> (64 - IndexBits - 1) != 0)
        {
            return false;
        }

        keys[items.Length..lanes].Fill(long.MaxValue);
        ref long key = ref MemoryMarshal.GetReference(keys);
        Vector512<long> a = Vector512.LoadUnsafe(ref key);
        if (lanes == Lanes)
        {
            for (int i = 0; i < items.Length; i++)
            {
                Unsafe.Add(ref into, Before(a, Unsafe.Add(ref key, i))) = items[i];
            }

            return true;
        }

        Vector512<long> b = Vector512.LoadUnsafe(ref key, Lanes);
        if (lanes == 2 * Lanes)
        {
            for (int i = 0; i < items.Length; i++)
            {
                long k = Unsafe.Add(ref key, i);
                Unsafe.Add(ref into, Before(a, k) + Before(b, k)) = items[i];
            }

            return true;
        }

        Vector512<long> c = Vector512.LoadUnsafe(ref key, 2 * Lanes);
        Vector512<long> d = Vector512.LoadUnsafe(ref key, 3 * Lanes);
        for (int i = 0; i < items.Length; i++)
        {
            long k = Unsafe.Add(ref key, i);
            Unsafe.Add(ref into, Before(a, k) + Before(b, k) + Before(c, k) + Before(d, k)) = items[i];
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Before(Vector512<long> keys, long key) =>
        BitOperations.PopCount(Vector512.LessThan(keys, Vector512.Create(key)).ExtractMostSignificantBits());
}
