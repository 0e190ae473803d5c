namespace Headroom.Simulation.Messages;

/// <summary>Immutable bodies by handle, from 1; handle 0 is no body. Copies of a body on the way share its bytes.</summary>
public sealed class BodyTable
{
    private readonly List<byte[]> _bodies = [];

    public int Add(ReadOnlySpan<byte> body)
    {
        _bodies.Add(body.ToArray());
        return _bodies.Count;
    }

    public ReadOnlySpan<byte> this[int handle] => handle == 0 ? default : _bodies[handle - 1];

    public int LengthOf(int handle) => handle == 0 ? 0 : _bodies[handle - 1].Length;
}
