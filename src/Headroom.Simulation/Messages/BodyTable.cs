namespace Headroom.Simulation.Messages;

/// <summary>Immutable bodies by handle, from 1; handle 0 is no body. Copies of a body on the way share its bytes.</summary>
public sealed class BodyTable
{
    private readonly List<(byte[] Bytes, int Length)> _bodies = [];

    public int Add(ReadOnlySpan<byte> body)
    {
        _bodies.Add((body.ToArray(), body.Length));
        return _bodies.Count;
    }

    /// <summary>A body of so many bytes that nobody reads: only its length counts.</summary>
    public int AddBlank(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _bodies.Add(([], length));
        return _bodies.Count;
    }

    /// <summary>The bytes; none for a blank body.</summary>
    public ReadOnlySpan<byte> this[int handle] => handle == 0 ? default : _bodies[handle - 1].Bytes;

    public int LengthOf(int handle) => handle == 0 ? 0 : _bodies[handle - 1].Length;
}
