namespace Headroom.Consensus.Raft.Log;

/// <summary>
/// The bytes of a log's entries, in slabs that are filled one after the other; a slab is used again when the last entry that it ever held is compacted away.
/// In a log that is compacted as it grows nothing is allocated.
/// </summary>
internal sealed class DataArena
{
    private const int SlabBytes = 1 << 14;

    private readonly Queue<Slab> _full = new();
    private readonly Stack<byte[]> _free = new();
    private Slab _open = new([]);

    /// <summary>A copy of the bytes for the entry of this index.</summary>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> data, long index)
    {
        if (data.IsEmpty)
        {
            return default;
        }

        if (_open.Bytes.Length - _open.Used < data.Length)
        {
            Open(data.Length);
        }

        data.CopyTo(_open.Bytes.AsSpan(_open.Used));
        var copy = new ReadOnlyMemory<byte>(_open.Bytes, _open.Used, data.Length);
        _open.Used += data.Length;
        _open.LastIndex = Math.Max(_open.LastIndex, index);
        return copy;
    }

    /// <summary>Entries up to this index are gone for good, and nobody holds their bytes.</summary>
    public void FreeUpTo(long index)
    {
        while (_full.TryPeek(out Slab slab) && slab.LastIndex <= index)
        {
            _full.Dequeue();
            if (slab.Bytes.Length == SlabBytes)
            {
                _free.Push(slab.Bytes);
            }
        }
    }

    private void Open(int length)
    {
        if (_open.Used > 0)
        {
            _full.Enqueue(_open);
        }

        _open = new Slab(length <= SlabBytes ? _free.TryPop(out byte[]? free) ? free : new byte[SlabBytes] : GC.AllocateUninitializedArray<byte>(length));
    }

    private struct Slab(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public int Used { get; set; }

        public long LastIndex { get; set; }
    }
}
