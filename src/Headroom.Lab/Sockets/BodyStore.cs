namespace Headroom.Lab.Sockets;

/// <summary>Bodies by handle, from 1. Equal bodies share a handle, so that copies that come over the wire cost nothing once they are known.</summary>
internal sealed class BodyStore
{
    private readonly List<byte[]> _bodies = [];
    private readonly Dictionary<int, List<int>> _byHash = [];

    public int Intern(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return 0;
        }

        var hash = default(HashCode);
        hash.AddBytes(body);
        if (!_byHash.TryGetValue(hash.ToHashCode(), out List<int>? handles))
        {
            _byHash.Add(hash.ToHashCode(), handles = []);
        }

        foreach (int handle in handles)
        {
            if (body.SequenceEqual(_bodies[handle - 1]))
            {
                return handle;
            }
        }

        _bodies.Add(body.ToArray());
        handles.Add(_bodies.Count);
        return _bodies.Count;
    }

    public ReadOnlySpan<byte> this[int handle] => handle == 0 ? default : _bodies[handle - 1];
}
