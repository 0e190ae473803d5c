using System.Text;

namespace Headroom.Lab.Maelstrom.Nodes;

/// <summary>Payloads as JSON texts by handle, from 1; the same text has the same handle, so that copies cost nothing.</summary>
internal sealed class PayloadTable
{
    private readonly Dictionary<string, int> _handles = new(StringComparer.Ordinal);
    private readonly List<byte[]> _texts = [];

    public int Add(string json)
    {
        if (!_handles.TryGetValue(json, out int handle))
        {
            _texts.Add(Encoding.UTF8.GetBytes(json));
            handle = _texts.Count;
            _handles.Add(json, handle);
        }

        return handle;
    }

    public ReadOnlySpan<byte> this[int handle] => _texts[handle - 1];
}
