namespace Headroom.Simulation.Hosting;

/// <summary>
/// Records one behind the other in blocks that double up to <see cref="BlockBytesMax"/>: a record costs its bytes and twelve more, and is nothing that a collector must look at.
/// </summary>
internal sealed class RecordBlocks
{
    private const int BlockBytesMin = 1 << 8;
    private const int BlockBytesMax = 1 << 16;

    private readonly List<byte[]> _blocks = [];
    private readonly List<Place> _places = [];
    private int _used;

    public int Count => _places.Count;

    /// <summary>Good while the record is kept.</summary>
    public ReadOnlySpan<byte> this[int i]
    {
        get
        {
            Place place = _places[i];
            return _blocks[place.Block].AsSpan(place.Start, place.Length);
        }
    }

    public void Add(ReadOnlySpan<byte> record)
    {
        if (_blocks.Count == 0 || _blocks[^1].Length - _used < record.Length)
        {
            int grown = _blocks.Count == 0 ? BlockBytesMin : (int)Math.Min(2L * _blocks[^1].Length, BlockBytesMax);
            _blocks.Add(new byte[Math.Max(grown, record.Length)]);
            _used = 0;
        }

        record.CopyTo(_blocks[^1].AsSpan(_used));
        _places.Add(new Place(_blocks.Count - 1, _used, record.Length));
        _used += record.Length;
    }

    /// <summary>Of one record only so many bytes stay.</summary>
    public void Shorten(int i, int length) => _places[i] = _places[i] with { Length = length };

    /// <summary>Only so many records stay.</summary>
    public void Truncate(int count)
    {
        if (count == _places.Count)
        {
            return;
        }

        Place first = _places[count];
        _blocks.RemoveRange(first.Block + 1, _blocks.Count - first.Block - 1);
        _used = first.Start;
        _places.RemoveRange(count, _places.Count - count);
    }

    /// <summary>The first so many records go.</summary>
    public void DropFirst(int count)
    {
        if (count == 0)
        {
            return;
        }

        int blocks = count < _places.Count ? _places[count].Block : _places[^1].Block;
        _blocks.RemoveRange(0, blocks);
        _places.RemoveRange(0, count);
        for (int i = 0; i < _places.Count; i++)
        {
            _places[i] = _places[i] with { Block = _places[i].Block - blocks };
        }
    }

    private readonly record struct Place(int Block, int Start, int Length);
}
