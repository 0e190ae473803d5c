using System.Globalization;
using System.Text;

namespace Headroom.Lab.Maelstrom.Wire;

/// <summary>A message as the line that a node reads; names hold nothing that JSON would escape.</summary>
internal static class LineWriter
{
    public static void Write(WireMessage message, MemoryStream into)
    {
        string head = string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{message.Id},\"src\":\"{message.From}\",\"dest\":\"{message.To}\",\"body\":");
        Span<byte> bytes = stackalloc byte[128];
        int length = Encoding.ASCII.GetBytes(head, bytes);
        into.Write(bytes[..length]);
        into.Write(message.Body.Span);
        into.Write("}\n"u8);
    }
}
