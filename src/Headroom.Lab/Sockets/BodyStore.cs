namespace Headroom.Lab.Sockets;

/// <summary>
/// Bodies by handle, from 1. A body is known by the identity that it was made with, not by its bytes: two broadcasts of equal payloads remain two. Identities travel
/// beside messages, for the host alone.
/// </summary>
internal sealed class BodyStore
{
    private readonly List<(long Identity, byte[] Bytes)> _bodies = [];
    private readonly Dictionary<long, int> _handles = [];

    /// <summary>The body of a request, whose number a member is asked with once.</summary>
    public int Make(int member, int request, ReadOnlySpan<byte> body) => body.IsEmpty ? 0 : Add(((long)(member + 1) << 32) | (uint)request, body);

    /// <summary>The handle of a body that came over the wire; false when its identity already stands for other bytes.</summary>
    public bool TryTake(long identity, ReadOnlySpan<byte> body, out int handle)
    {
        if (identity == 0 || body.IsEmpty)
        {
            handle = 0;
            return identity == 0 && body.IsEmpty;
        }

        if (_handles.TryGetValue(identity, out handle))
        {
            return body.SequenceEqual(_bodies[handle - 1].Bytes);
        }

        handle = Add(identity, body);
        return true;
    }

    public ReadOnlySpan<byte> this[int handle] => handle == 0 ? default : _bodies[handle - 1].Bytes;

    /// <summary>0 of no body; else the member that was asked, plus one, above the request's number in 32 bits.</summary>
    public long IdentityOf(int handle) => handle == 0 ? 0 : _bodies[handle - 1].Identity;

    /// <summary>The number of the request that a body was made for.</summary>
    public int RequestOf(int handle) => (int)IdentityOf(handle);

    private int Add(long identity, ReadOnlySpan<byte> body)
    {
        _bodies.Add((identity, body.ToArray()));
        _handles.Add(identity, _bodies.Count);
        return _bodies.Count;
    }
}
