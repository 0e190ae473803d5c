using System.Collections.Immutable;
using System.Text.Json;

namespace Headroom.Lab.Maelstrom.Services;

/// <summary>A value with the Lamport time of its writing, which only last-write-wins stores look at.</summary>
internal readonly record struct Written(JsonElement Value, long Time);

/// <summary>An immutable key-value store: each request gives an answer and the next state (the same object when nothing changed).</summary>
internal sealed record KeyValueState(ImmutableDictionary<string, Written> Values, long Time, long Bytes)
{
    /// <summary>What one store may hold; a program that stores without end is told to stop.</summary>
    public const long BytesMax = 64 << 20;

    public static KeyValueState Empty { get; } = new(ImmutableDictionary.Create<string, Written>(StringComparer.Ordinal), 0, 0);

    public (KeyValueState Next, ServiceReply Reply) Handle(JsonElement request)
    {
        string type = request.TryGetProperty("type", out JsonElement t) && t.ValueKind == JsonValueKind.String ? t.GetString()! : "";
        if (type is not ("read" or "write" or "cas"))
        {
            return (this, ServiceReply.Error(ErrorCode.NotSupported, "a key-value store answers read, write and cas"));
        }

        if (!request.TryGetProperty("key", out JsonElement keyElement))
        {
            return (this, ServiceReply.Error(ErrorCode.MalformedRequest, "no key"));
        }

        string key = keyElement.GetRawText();
        bool has = Values.TryGetValue(key, out Written current);
        return type switch
        {
            "read" => (this, has ? new ServiceReply("read_ok", "value", current.Value) : Absent()),
            "write" => request.TryGetProperty("value", out JsonElement value)
                ? Put(key, value, "write_ok")
                : (this, ServiceReply.Error(ErrorCode.MalformedRequest, "no value")),
            _ => CompareAndSet(key, has, current.Value, request),
        };
    }

    /// <summary>Every key takes the later writing; of two at the same time, ours.</summary>
    public KeyValueState Merge(KeyValueState other)
    {
        ImmutableDictionary<string, Written>.Builder values = Values.ToBuilder();
        long bytes = Bytes;
        foreach ((string key, Written theirs) in other.Values)
        {
            bool has = values.TryGetValue(key, out Written ours);
            if (!has || ours.Time < theirs.Time)
            {
                bytes += Size(key, theirs.Value) - (has ? Size(key, ours.Value) : 0);
                values[key] = theirs;
            }
        }

        return new KeyValueState(values.ToImmutable(), Math.Max(Time, other.Time), bytes);
    }

    private static ServiceReply Absent() => ServiceReply.Error(ErrorCode.KeyDoesNotExist, "key does not exist");

    private static long Size(string key, JsonElement value) => key.Length + value.GetRawText().Length + 100L;

    private (KeyValueState Next, ServiceReply Reply) CompareAndSet(string key, bool has, JsonElement current, JsonElement request)
    {
        if (!request.TryGetProperty("from", out JsonElement from) || !request.TryGetProperty("to", out JsonElement to))
        {
            return (this, ServiceReply.Error(ErrorCode.MalformedRequest, "cas needs from and to"));
        }

        if (has)
        {
            return JsonElement.DeepEquals(current, from)
                ? Put(key, to, "cas_ok")
                : (this, ServiceReply.Error(ErrorCode.PreconditionFailed, $"current value {Wire.Excerpt.Of(current.GetRawText())} is not {Wire.Excerpt.Of(from.GetRawText())}"));
        }

        bool create = request.TryGetProperty("create_if_not_exists", out JsonElement asked) && asked.ValueKind == JsonValueKind.True;
        return create ? Put(key, to, "cas_ok") : (this, Absent());
    }

    private (KeyValueState Next, ServiceReply Reply) Put(string key, JsonElement value, string reply)
    {
        long bytes = Bytes + Size(key, value) - (Values.TryGetValue(key, out Written old) ? Size(key, old.Value) : 0);
        if (bytes > BytesMax)
        {
            return (this, ServiceReply.Error(ErrorCode.TemporarilyUnavailable, "the store is full"));
        }

        // The element belongs to a document that goes; the copy stays.
        return (new KeyValueState(Values.SetItem(key, new Written(value.Clone(), Time)), Time + 1, bytes), new ServiceReply(reply));
    }
}
