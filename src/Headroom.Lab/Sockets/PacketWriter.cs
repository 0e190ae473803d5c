using System.Diagnostics;
using Headroom.Simulation.Messages;

namespace Headroom.Lab.Sockets;

/// <summary>Gathers the messages that share a packet. Reused from packet to packet.</summary>
internal sealed class PacketWriter
{
    private readonly List<(int Hops, long Body)> _notes = [];
    private byte[] _pack = new byte[4096];
    private int _used;
    private PackLength _length;

    public int Count => _length.Count;

    /// <summary>Bytes of the frame as it lies on the wire now.</summary>
    public long FrameBytes => _length.Bytes;

    /// <summary>False when the packet has no room for the message.</summary>
    public bool TryAdd(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, int hops, long identity)
    {
        int bytes = (int)WireFrame.Length(head.Length, body.Length);
        if (_length.Count == 0)
        {
            _length.Begin(bytes);
            _used = PackFrame.WriteMark(_pack);
        }
        else if (!_length.TryAdd(bytes))
        {
            return false;
        }

        int needed = _used + PackFrame.LengthBytes(bytes) + bytes;
        if (_pack.Length < needed)
        {
            Array.Resize(ref _pack, 2 * needed);
        }

        _used += PackFrame.WriteLength(_pack.AsSpan(_used), bytes);
        _used += WireFrame.Write(_pack.AsSpan(_used), head, body);
        _notes.Add((hops, identity));
        return true;
    }

    /// <summary>The packet, with which the next begins.</summary>
    public byte[] Take()
    {
        // A message alone lies there without the mark and its length.
        ReadOnlySpan<byte> frame = _pack.AsSpan(0, _used);
        frame = frame[(int)(Count == 1 ? _used - FrameBytes : 0)..];
        Debug.Assert(frame.Length == FrameBytes, "the bytes counted are those on the wire");
        byte[] packet = Packet.Of(frame, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_notes));
        _notes.Clear();
        _length = default;
        return packet;
    }
}
