using System.Diagnostics;
using System.Numerics;

namespace Headroom.Simulation.Messages;

/// <summary>
/// Messages in flight: sender, head bytes, body handle, a tag for the observer and a count of holders (the composing step and each copy on
/// the way). Heads lie in byte arrays by size class (powers of two from 16 bytes); all storage is reused.
/// </summary>
internal sealed class MessagePool
{
    private const int None = -1;
    private const int SmallestBits = 4;

    private Record[] _records = new Record[64];
    private int _used;
    private int _free = None;
    private readonly SizeClass?[] _classes = new SizeClass?[27];

    public int InFlight { get; private set; }

    /// <summary>A message held once, by the step that composes it.</summary>
    public int Add(int from, ReadOnlySpan<byte> head, int body)
    {
        int message = _free;
        if (message != None)
        {
            _free = _records[message].Next;
        }
        else
        {
            if (_used == _records.Length)
            {
                Array.Resize(ref _records, _used * 2);
            }

            message = _used++;
        }

        InFlight++;
        ref Record record = ref _records[message];
        record.From = from;
        record.Body = body;
        record.Holders = 1;
        record.Tag = None;
        record.HeadLength = head.Length;
        if (head.Length > 0)
        {
            SizeClass heads = ClassOf(head.Length);
            record.Cell = heads.Take();
            head.CopyTo(heads.Bytes(record.Cell));
        }

        return message;
    }

    public void Hold(int message) => _records[message].Holders++;

    public void Release(int message)
    {
        ref Record record = ref _records[message];
        Debug.Assert(record.Holders > 0, "a message is released as often as it was held");
        if (--record.Holders > 0)
        {
            return;
        }

        if (record.HeadLength > 0)
        {
            ClassOf(record.HeadLength).Give(record.Cell);
        }

        record.Next = _free;
        _free = message;
        InFlight--;
    }

    public int From(int message) => _records[message].From;

    public int Body(int message) => _records[message].Body;

    public int HeadLength(int message) => _records[message].HeadLength;

    public int Tag(int message) => _records[message].Tag;

    public void SetTag(int message, int tag) => _records[message].Tag = tag;

    public ReadOnlySpan<byte> Head(int message)
    {
        ref Record record = ref _records[message];
        return record.HeadLength == 0 ? default : ClassOf(record.HeadLength).Bytes(record.Cell)[..record.HeadLength];
    }

    private SizeClass ClassOf(int length)
    {
        int bits = Math.Max(SmallestBits, BitOperations.Log2((uint)(length - 1) | 1) + 1);
        return _classes[bits] ??= new SizeClass(1 << bits);
    }

    private struct Record
    {
        public int From;
        public int Body;
        public int Holders;
        public int Tag;
        public int HeadLength;
        public int Cell;
        public int Next;
    }

    private sealed class SizeClass(int size)
    {
        private byte[] _bytes = new byte[size * 16];
        private int[] _free = new int[16];
        private int _freeCount;
        private int _used;

        public Span<byte> Bytes(int cell) => _bytes.AsSpan(cell * size, size);

        public int Take()
        {
            if (_freeCount > 0)
            {
                return _free[--_freeCount];
            }

            if ((_used + 1) * size > _bytes.Length)
            {
                Array.Resize(ref _bytes, _bytes.Length * 2);
            }

            return _used++;
        }

        public void Give(int cell)
        {
            if (_freeCount == _free.Length)
            {
                Array.Resize(ref _free, _freeCount * 2);
            }

            _free[_freeCount++] = cell;
        }
    }
}
