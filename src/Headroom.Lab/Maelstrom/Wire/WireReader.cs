using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Headroom.Lab.Maelstrom.Wire;

/// <summary>
/// Reads one line as a message, in one pass and without copying its body. Payloads are recognised by their values: the numbers from
/// <see cref="FirstPayload"/> on, as numbers, strings or keys anywhere in the body.
/// </summary>
internal sealed class WireReader(int nodes)
{
    /// <summary>Payloads count from here: ten digits that no message number or clock in seconds or milliseconds comes near.</summary>
    public const int FirstPayload = 1_000_000_000;

    private const int DepthMax = 200;

    private readonly List<int> _payloads = [];

    /// <summary>
    /// Reads a line. Of payloads such are known as were handed out so far. False with the reason when it is no message; true with a problem
    /// when it is one that goes to nobody or comes from nobody. Not for two threads.
    /// </summary>
    public bool TryRead(ReadOnlyMemory<byte> line, int payloadCount, out WireMessage? message, out string problem)
    {
        message = null;
        _payloads.Clear();
        var fields = new Fields();
        try
        {
            var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = DepthMax });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                problem = "is no JSON object";
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadProperty(ref reader, ref fields, payloadCount);
            }

            while (reader.Read())
            {
                // Utf8JsonReader throws on what follows the object.
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            problem = "is not JSON: " + Reason(e);
            return false;
        }

        if (fields.Source is null || fields.Target is null || fields.BodyEnd == 0)
        {
            problem = $"has no {(fields.Source is null ? "src (a string)" : fields.Target is null ? "dest (a string)" : "body (an object)")}";
            return false;
        }

        message = new WireMessage
        {
            From = Address.Of(fields.Source, nodes),
            To = Address.Of(fields.Target, nodes),
            Body = line[fields.BodyStart..fields.BodyEnd],
            Type = fields.Type ?? "",
            InReplyTo = fields.InReplyTo,
            MessageId = fields.MessageId,
            Payloads = _payloads.Count == 0 ? [] : [.. _payloads],
        };
        problem = message.To.Kind == AddressKind.Unknown ? $"goes to '{Excerpt.Of(fields.Target)}', which does not exist"
            : message.From.Kind == AddressKind.Unknown ? $"comes from '{Excerpt.Of(fields.Source)}', which does not exist" : "";
        return true;
    }

    /// <summary>Payloads in a body of our own making.</summary>
    public int[] PayloadsOf(ReadOnlySpan<byte> body, int payloadCount)
    {
        _payloads.Clear();
        var fields = new Fields();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DepthMax + 56 });
        reader.Read();
        ReadBody(ref reader, ref fields, payloadCount);
        return [.. _payloads];
    }

    private void ReadProperty(ref Utf8JsonReader reader, ref Fields fields, int payloadCount)
    {
        int which = reader.ValueTextEquals("src"u8) ? 0 : reader.ValueTextEquals("dest"u8) ? 1 : reader.ValueTextEquals("body"u8) ? 2 : 3;
        reader.Read();
        if (which <= 1 && reader.TokenType == JsonTokenType.String)
        {
            string name = reader.GetString()!;
            (fields.Source, fields.Target) = which == 0 ? (name, fields.Target) : (fields.Source, name);
        }
        else if (which == 2 && reader.TokenType == JsonTokenType.StartObject)
        {
            fields.BodyStart = (int)reader.TokenStartIndex;
            ReadBody(ref reader, ref fields, payloadCount);
            fields.BodyEnd = (int)reader.BytesConsumed;
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadBody(ref Utf8JsonReader reader, ref Fields fields, int payloadCount)
    {
        int depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1)
            {
                int which = reader.ValueTextEquals("type"u8) ? 0 : reader.ValueTextEquals("in_reply_to"u8) ? 1 : reader.ValueTextEquals("msg_id"u8) ? 2 : 3;
                if (which < 3)
                {
                    reader.Read();
                    ReadReserved(ref reader, which, ref fields);
                    continue;
                }
            }

            Track(ref reader, payloadCount);
        }
    }

    private static void ReadReserved(ref Utf8JsonReader reader, int which, ref Fields fields)
    {
        if (which == 0 && reader.TokenType == JsonTokenType.String)
        {
            fields.Type = reader.GetString();
        }
        else if (which > 0 && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
        {
            fields.InReplyTo = which == 1 ? number : fields.InReplyTo;
            fields.MessageId = which == 2 ? number : fields.MessageId;
        }
        else
        {
            reader.Skip();
        }
    }

    private void Track(ref Utf8JsonReader reader, int payloadCount)
    {
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.String or JsonTokenType.PropertyName
            && reader.ValueSpan.Length == 10
            && Utf8Parser.TryParse(reader.ValueSpan, out int value, out int consumed) && consumed == 10
            && value >= FirstPayload && value - FirstPayload < payloadCount)
        {
            _payloads.Add(value - FirstPayload);
        }
    }

    private static string Reason(Exception e)
    {
        int end = e.Message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    private struct Fields
    {
        public string? Source;
        public string? Target;
        public string? Type;
        public long? InReplyTo;
        public long? MessageId;
        public int BodyStart;
        public int BodyEnd;
    }
}
