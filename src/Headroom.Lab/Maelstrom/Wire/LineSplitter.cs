namespace Headroom.Lab.Maelstrom.Wire;

/// <summary>Cuts a stream of bytes into lines and holds at most one line of bounded length.</summary>
internal sealed class LineSplitter(Stream stream, int lineMax)
{
    private byte[] _buffer = new byte[1 << 14];
    private int _start;
    private int _end;
    private int _searched;

    /// <summary>Whether a line grew beyond the bound; nothing more is read then. <see cref="Head"/> is how it began.</summary>
    public bool Overflowed { get; private set; }

    public ReadOnlySpan<byte> Head => _buffer.AsSpan(_start, Math.Min(_end - _start, 1000));

    /// <summary>The next line, a copy without its end; false at the end of the stream or on overflow. A last line without end counts.</summary>
    public bool TryNext(out byte[] line)
    {
        line = [];
        while (!Overflowed)
        {
            int at = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = _buffer.AsSpan(_start, _searched + at - _start).ToArray();
                _start = _searched = _searched + at + 1;
                return true;
            }

            _searched = _end;
            if (_end - _start > lineMax)
            {
                Overflowed = true;
                return false;
            }

            if (!Fill())
            {
                line = _buffer.AsSpan(_start, _end - _start).ToArray();
                _start = _searched = _end;
                return line.Length > 0;
            }
        }

        return false;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_end, _searched, _start) = (_end - _start, _searched - _start, 0);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read;
        try
        {
            read = stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            read = 0;
        }

        _end += read;
        return read > 0;
    }
}
