namespace Headroom.Evidence.Histories;

/// <summary>Events as EDN maps, one after the other or in one vector or list.</summary>
internal static class EdnHistoryReader
{
    public static IEnumerable<HistoryEvent> Read(string text)
    {
        var parser = new EdnParser(text);
        var fields = new HistoryFields();
        if (parser.IsAtEnd())
        {
            yield break;
        }

        char open = parser.Peek();
        char close = open == '[' ? ']' : open == '(' ? ')' : '\0';
        if (close != '\0')
        {
            parser.Take(open);
        }

        while (!parser.IsAtEnd() && parser.Peek() != close)
        {
            if (fields.Event(parser.Read()) is { } found)
            {
                yield return found;
            }
        }

        if (close != '\0')
        {
            parser.Take(close);
            if (!parser.IsAtEnd())
            {
                throw parser.Read().Wrong("something follows the end of the history");
            }
        }
    }
}
