using System.Text;
using System.Text.Json;

namespace Headroom.Evidence.Histories;

/// <summary>Events as JSON objects, one after the other (one a line, say) or in one array.</summary>
internal sealed class JsonHistoryReader
{
    private readonly byte[] _bytes;
    private int _countedTo;
    private int _line = 1;
    private int _lineStart;

    private JsonHistoryReader(string text) => _bytes = Encoding.UTF8.GetBytes(text);

    public static List<HistoryEvent> Read(string text) => new JsonHistoryReader(text).Read();

    private List<HistoryEvent> Read()
    {
        var events = new List<HistoryEvent>();
        var fields = new HistoryFields();
        var json = new Utf8JsonReader(_bytes, new JsonReaderOptions { AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 });
        try
        {
            while (json.Read())
            {
                if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray && json.CurrentDepth == 0)
                {
                    continue;
                }

                if (fields.Event(Term(ref json)) is { } found)
                {
                    events.Add(found);
                }
            }
        }
        catch (JsonException e)
        {
            string problem = e.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
            throw new MalformedException((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, $"not JSON: {problem}");
        }

        return events;
    }

    private HistoryTerm Term(ref Utf8JsonReader json)
    {
        (int line, int column) = Place(json.TokenStartIndex);
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return new HistoryTerm(TermKind.Nil, line, column);
            case JsonTokenType.True or JsonTokenType.False:
                return new HistoryTerm(TermKind.Boolean, line, column) { Number = json.TokenType == JsonTokenType.True ? 1 : 0 };
            case JsonTokenType.Number:
                return json.TryGetInt64(out long number) && number != long.MinValue ? new HistoryTerm(TermKind.Number, line, column) { Number = number }
                    : throw new MalformedException(line, column, "whole numbers of at most 63 bits are expected");
            case JsonTokenType.String or JsonTokenType.PropertyName:
                return new HistoryTerm(TermKind.Text, line, column) { Text = Text(ref json, line, column) };
            default:
                bool isMap = json.TokenType == JsonTokenType.StartObject;
                var items = new List<HistoryTerm>();
                while (json.Read() && json.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
                {
                    items.Add(Term(ref json));
                }

                return new HistoryTerm(isMap ? TermKind.Map : TermKind.Sequence, line, column) { Items = items };
        }
    }

    private static string Text(ref Utf8JsonReader json, int line, int column)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new MalformedException(line, column, "the text holds half a surrogate pair");
        }
    }

    /// <summary>Tokens come in order, so that lines are counted once.</summary>
    private (int Line, int Column) Place(long index)
    {
        for (; _countedTo < index; _countedTo++)
        {
            if (_bytes[_countedTo] == '\n')
            {
                _line++;
                _lineStart = _countedTo + 1;
            }
        }

        return (_line, (int)index - _lineStart + 1);
    }
}
