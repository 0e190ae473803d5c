using System.Text;
using System.Text.Json;

namespace Headroom.Lab.Maelstrom.Nodes;

/// <summary>Writes messages as lines, many in one write.</summary>
internal sealed class NodeLines(Stream output) : IDisposable
{
    private const int FlushBytes = 1 << 16;

    private readonly MemoryStream _buffer = new();
    private byte[] _source = [];

    public void BeFrom(string node) => _source = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(node));

    /// <summary>A message whose body's fields are written by the function.</summary>
    public void Write(string destination, Action<Utf8JsonWriter> fields)
    {
        _buffer.Write("{\"src\":"u8);
        _buffer.Write(_source);
        _buffer.Write(",\"dest\":"u8);
        _buffer.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(destination)));
        _buffer.Write(",\"body\":"u8);
        using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        _buffer.Write("}\n"u8);
        if (_buffer.Length > FlushBytes)
        {
            Flush();
        }
    }

    public void Flush()
    {
        if (_buffer.Length > 0)
        {
            output.Write(_buffer.GetBuffer(), 0, (int)_buffer.Length);
            output.Flush();
            _buffer.SetLength(0);
        }
    }

    public void Dispose() => _buffer.Dispose();
}
