using System.Text.Json;

namespace Headroom.Lab.Maelstrom.Services;

/// <summary>An answer: its type and at most one value under a name; or an error with its code and text.</summary>
internal readonly record struct ServiceReply(string Type, string? Name = null, JsonElement? Value = null, int Code = -1, string? Text = null)
{
    public static ServiceReply Error(ErrorCode code, string text) => new("error", Code: (int)code, Text: text);

    public byte[] ToBody(long? inReplyTo)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", Type);
            if (inReplyTo is { } id)
            {
                json.WriteNumber("in_reply_to", id);
            }

            if (Name is not null)
            {
                json.WritePropertyName(Name);
                Value!.Value.WriteTo(json);
            }

            if (Code >= 0)
            {
                json.WriteNumber("code", Code);
                json.WriteString("text", Text);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
