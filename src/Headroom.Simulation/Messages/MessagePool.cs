using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Headroom.Simulation.Messages;

/// <summary>
/// Messages in flight: sender, head bytes, body handle, a tag for the observer and a count of holders (the composing step and each copy on
/// the way). A head of up to 16 bytes lies in its message's record, a longer one in a byte array by size class (powers of two); all storage is
/// reused.
/// </summary>
internal sealed class MessagePool
{
    private const int None = -1;
    private const int SmallestBits = 5;
    private const int SmallHeadBytes = 16;

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
            _free = _records[message].CellOrNext;
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
        if (head.Length <= SmallHeadBytes)
        {
            head.CopyTo(record.SmallHead);
        }
        else
        {
            SizeClass heads = ClassOf(head.Length);
            record.CellOrNext = heads.Take();
            head.CopyTo(heads.Bytes(record.CellOrNext));
        }

        return message;
    }

    public void Hold(int message) => _records[message].Holders++;

    public void Release(int message)
    {
        ref Record record = ref _records[message];
        Debug.Assert(record.Holders > 0, "a message is released as often as it was held");
        if (--record.Holders == 0)
        {
            Free(message, ref record);
        }
    }

    private void Free(int message, ref Record record)
    {
        if (record.HeadLength > SmallHeadBytes)
        {
            ClassOf(record.HeadLength).Give(record.CellOrNext);
        }

        record.CellOrNext = _free;
        _free = message;
        InFlight--;
    }

    /// <summary>True of every message's number, and of others.</summary>
    public bool MayHold(int message) => (uint)message < (uint)_records.Length;

    /// <summary>Valid until the next message is added.</summary>
    public ref Record this[int message] => ref _records[message];

    public int From(int message) => _records[message].From;

    public int Body(int message) => _records[message].Body;

    public ReadOnlySpan<byte> Head(int message) => Head(ref _records[message]);

    public ReadOnlySpan<byte> Head(ref Record record) => record.HeadLength <= SmallHeadBytes
        ? record.SmallHead[..record.HeadLength]
        : ClassOf(record.HeadLength).Bytes(record.CellOrNext)[..record.HeadLength];

    private SizeClass ClassOf(int length)
    {
        int bits = Math.Max(SmallestBits, BitOperations.Log2((uint)(length - 1) | 1) + 1);
        return _classes[bits] ??= new SizeClass(1 << bits);
    }

    /// <summary>One message: 56 bytes.</summary>
    public struct Record
    {
        public int From;
        public int Body;
        public int Holders;

        /// <summary>The observer's; negative until the first copy is sent, which sets what follows the head too.</summary>
        public int Tag;

        public int HeadLength;

        /// <summary>Where a long head lies; of a free record the next free one.</summary>
        internal int CellOrNext;

        /// <summary>Bytes on the wire, with headers.</summary>
        public long WireBytes;

        /// <summary>How long it occupies a line.</summary>
        public long LineNs;

        internal HeadBytes SmallHead;
    }

    [InlineArray(SmallHeadBytes)]
    internal struct HeadBytes
    {
        private byte _first;
    }

    private sealed class SizeClass(int size)
    {
        /// <summary>Of long heads few are kept room for at first.</summary>
        private const int BytesAtFirst = 1 << 16;

        private byte[] _bytes = GC.AllocateUninitializedArray<byte>(size * Math.Clamp(BytesAtFirst / size, 1, 16));
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
                byte[] grown = GC.AllocateUninitializedArray<byte>(_bytes.Length * 2);
                _bytes.AsSpan(0, _used * size).CopyTo(grown);
                _bytes = grown;
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
