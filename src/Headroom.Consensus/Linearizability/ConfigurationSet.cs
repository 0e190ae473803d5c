using System.Numerics;

namespace Headroom.Consensus.Linearizability;

/// <summary>
/// Configurations already met, in flat arrays: open addressing over entries of a fixed number of words (which operations are ordered, how far, the state). Exact: entries are
/// compared, not their hashes.
/// </summary>
internal sealed class ConfigurationSet
{
    private const int SlotsFirst = 256;

    private ulong[] _entries = [];
    private int[] _slots = new int[SlotsFirst];
    private int _slotCount = SlotsFirst;
    private int _words;

    public int Count { get; private set; }

    /// <summary>What the next addition needs at most, growth included.</summary>
    public long BytesWhenGrown => ((long)_entries.Length * 3 * sizeof(ulong)) + ((long)_slotCount * 3 * sizeof(int));

    /// <summary>Forgets all; entries then have so many words.</summary>
    public void Reset(int words)
    {
        _words = words;
        Count = 0;
        _slotCount = SlotsFirst;
        _slots.AsSpan(0, SlotsFirst).Clear();
        if (_entries.Length > 1 << 16)
        {
            _entries = [];
            _slots = new int[SlotsFirst];
        }
    }

    /// <summary>False if the configuration is there already.</summary>
    public bool TryAdd(ReadOnlySpan<ulong> mask, int position, long state)
    {
        ulong hash = Hash(mask, position, state);
        int slot = (int)(hash & (ulong)(_slotCount - 1));
        while (_slots[slot] != 0)
        {
            ReadOnlySpan<ulong> entry = Entry(_slots[slot] - 1);
            if (entry[^1] == (ulong)state && entry[^2] == (ulong)position && entry[..^2].SequenceEqual(mask))
            {
                return false;
            }

            slot = (slot + 1) & (_slotCount - 1);
        }

        int needed = (Count + 1) * _words;
        if (needed > _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(needed, 2 * _entries.Length));
        }

        Span<ulong> added = _entries.AsSpan(Count * _words, _words);
        mask.CopyTo(added);
        added[^2] = (ulong)position;
        added[^1] = (ulong)state;
        _slots[slot] = ++Count;
        if (2 * Count > _slotCount)
        {
            Rehash();
        }

        return true;
    }

    public long State(int index) => (long)Entry(index)[^1];

    private ReadOnlySpan<ulong> Entry(int index) => _entries.AsSpan(index * _words, _words);

    private void Rehash()
    {
        _slotCount *= 2;
        if (_slotCount > _slots.Length)
        {
            _slots = new int[_slotCount];
        }
        else
        {
            _slots.AsSpan(0, _slotCount).Clear();
        }

        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<ulong> entry = Entry(i);
            int slot = (int)(Hash(entry[..^2], (int)entry[^2], (long)entry[^1]) & (ulong)(_slotCount - 1));
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slotCount - 1);
            }

            _slots[slot] = i + 1;
        }
    }

    private static ulong Hash(ReadOnlySpan<ulong> mask, int position, long state)
    {
        ulong hash = ((ulong)state * 0x9E3779B97F4A7C15UL) ^ (ulong)position;
        foreach (ulong word in mask)
        {
            hash = (BitOperations.RotateLeft(hash, 29) ^ word) * 0xBF58476D1CE4E5B9UL;
        }

        hash = (hash ^ (hash >> 32)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 29);
    }
}
