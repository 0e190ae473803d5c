namespace Headroom.Coding.Repairs;

/// <summary>A block under way: which parts of whose messages are there.</summary>
internal sealed class OpenBlock
{
    private readonly RepairLoad _load;
    private readonly int[] _helpers;
    private readonly bool[][] _has;
    private readonly byte[][] _messages;
    private int _missing;

    public OpenBlock(RepairLoad load, ReadOnlySpan<int> helpers)
    {
        (_load, _helpers) = (load, helpers.ToArray());
        _has = [.. Enumerable.Range(0, helpers.Length).Select(helper => new bool[load.Parts(helper)])];
        _messages = load.IsBlank ? [] : [.. Enumerable.Range(0, helpers.Length).Select(helper => new byte[load.MessageBytes(helper)])];
        _missing = _has.Sum(parts => parts.Length);
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Messages => [.. _messages.Select(message => (ReadOnlyMemory<byte>)message)];

    /// <summary>Takes in a part; true with the last one. One that comes twice, from somebody who was not asked, or of another length changes nothing.</summary>
    public bool Take(in RepairHead head, ReadOnlySpan<byte> bytes)
    {
        if (head.Helper >= _helpers.Length || _helpers[head.Helper] != head.From)
        {
            return false;
        }

        bool[] has = _has[head.Helper];
        if ((uint)head.Part >= (uint)has.Length || has[head.Part] || (!_load.IsBlank && bytes.Length != _load.BytesOfPart(head.Helper, head.Part)))
        {
            return false;
        }

        if (!_load.IsBlank)
        {
            bytes.CopyTo(_messages[head.Helper].AsSpan(head.Part * _load.PartBytes));
        }

        has[head.Part] = true;
        return --_missing == 0;
    }
}
