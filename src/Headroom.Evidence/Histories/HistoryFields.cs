using Headroom.Kernel.Quantities;

namespace Headroom.Evidence.Histories;

/// <summary>The fields of an event in EDN and JSON: process, type, f, key, value, index, time. Others are passed over.</summary>
internal sealed class HistoryFields
{
    private static readonly string[] Kinds = ["invoke", "ok", "fail", "info"];

    private long _index = long.MinValue;
    private long _time = long.MinValue;

    public static HistoryEventKind Kind(string name, int line, int column)
    {
        int kind = Array.IndexOf(Kinds, name);
        return kind >= 0 ? (HistoryEventKind)kind
            : throw new MalformedException(line, column, $"no type '{name}'{Near(name, Kinds)}; it is invoke, ok, fail or info");
    }

    public static string Near(string name, IEnumerable<string> names) => name.Length <= 100 && NearestName.Of(name, names) is { } near ? $" (did you mean {near}?)" : "";

    /// <summary>The event that a map tells; null if it is none of a client's.</summary>
    public HistoryEvent? Event(HistoryTerm map)
    {
        if (map.Kind != TermKind.Map)
        {
            throw map.Wrong($"an event is a map with process, type, f and value; found {map}");
        }

        var fields = new Dictionary<string, HistoryTerm>(StringComparer.Ordinal);
        for (int i = 0; i < map.Items.Count; i += 2)
        {
            HistoryTerm name = map.Items[i];
            if (name.Kind is TermKind.Keyword or TermKind.Text && !fields.TryAdd(name.Text, map.Items[i + 1]))
            {
                throw name.Wrong($"'{name.Text}' stands twice in this event");
            }
        }

        HistoryTerm process = Required(map, fields, "process");
        InOrder(fields, "index", ref _index, mayRepeat: false);
        InOrder(fields, "time", ref _time, mayRepeat: true);
        if (process.Kind is TermKind.Keyword or TermKind.Text)
        {
            return null;
        }

        if (process.Kind != TermKind.Number || process.Number < 0)
        {
            throw process.Wrong($"a process is a number from 0 up (or a name, and then it is no client); found {process}");
        }

        HistoryTerm type = Named(Required(map, fields, "type"), "type");
        string function = Named(Required(map, fields, "f"), "f").Text;
        HistoryTerm value = fields.TryGetValue("value", out HistoryTerm? given) ? given : HistoryTerm.Nothing;
        return new HistoryEvent(map.Line, map.Column, process.Number, Kind(type.Text, type.Line, type.Column), function, fields.GetValueOrDefault("key"), value);
    }

    private static HistoryTerm Required(HistoryTerm map, Dictionary<string, HistoryTerm> fields, string name) =>
        fields.TryGetValue(name, out HistoryTerm? value) ? value : throw map.Wrong($"the event has no '{name}'{Near(name, fields.Keys)}");

    private static HistoryTerm Named(HistoryTerm term, string field) => term.Kind is TermKind.Keyword or TermKind.Text ? term : throw term.Wrong($"'{field}' is a name; found {term}");

    private static void InOrder(Dictionary<string, HistoryTerm> fields, string name, ref long last, bool mayRepeat)
    {
        if (!fields.TryGetValue(name, out HistoryTerm? term) || term.IsNil)
        {
            return;
        }

        if (term.Kind != TermKind.Number)
        {
            throw term.Wrong($"'{name}' is a whole number; found {term}");
        }

        if (term.Number < last || (term.Number == last && !mayRepeat))
        {
            throw term.Wrong($"{name} {term.Number} follows {name} {last}: events stand in the order in which they happened");
        }

        last = term.Number;
    }
}
