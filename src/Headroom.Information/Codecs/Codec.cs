namespace Headroom.Information.Codecs;

/// <summary>
/// A lossless code for byte strings. Compressed strings carry their own end, except where <see cref="Library"/> says otherwise, but a receiver finds it only by
/// decoding; what it needs to delimit messages before that is counted by <see cref="Framing"/>, for every codec alike. Not safe for concurrent use.
/// </summary>
public abstract class Codec : IDisposable
{
    /// <summary>As a strategy is written: <c>gzip(6)</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The implementation and its version, for provenance.</summary>
    public abstract string Library { get; }

    /// <summary>What must reach the receiver once before the first message: a dictionary. 0 for most.</summary>
    public virtual int SharedBytes => 0;

    /// <summary>A size that no compressed string of so many bytes exceeds.</summary>
    public abstract int BoundOf(int length);

    /// <summary>Compresses into a span of at least <see cref="BoundOf"/> bytes; returns the bytes written.</summary>
    public abstract int Compress(ReadOnlySpan<byte> source, Span<byte> destination);

    /// <summary>Decompresses one whole compressed string; returns the bytes written.</summary>
    /// <exception cref="InvalidDataException">The source is no output of <see cref="Compress"/>, or the destination is too small.</exception>
    public abstract int Decompress(ReadOnlySpan<byte> source, Span<byte> destination);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
