namespace Headroom.Evidence.Histories;

/// <summary>What a value of a history's file is made of, EDN or JSON.</summary>
internal enum TermKind : byte
{
    Nil,
    Boolean,
    Number,
    Text,
    Keyword,
    Sequence,
    Map,
}

/// <summary>A value of a history's file and its place.</summary>
internal sealed record HistoryTerm(TermKind Kind, int Line, int Column)
{
    public static HistoryTerm Nothing { get; } = new(TermKind.Nil, 0, 0);

    public long Number { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Of a sequence its items, of a map its keys and values in turn.</summary>
    public IReadOnlyList<HistoryTerm> Items { get; init; } = [];

    public bool IsNil => Kind == TermKind.Nil;

    public bool IsPair => Kind == TermKind.Sequence && Items.Count == 2;

    public MalformedException Wrong(string problem) => new(Line, Column, problem);

    /// <summary>As a message shows it: short.</summary>
    public override string ToString()
    {
        string shown = Kind switch
        {
            TermKind.Nil => "nil",
            TermKind.Boolean => Number != 0 ? "true" : "false",
            TermKind.Number => $"{Number}",
            TermKind.Text => $"\"{Text}\"",
            TermKind.Keyword => $":{Text}",
            TermKind.Sequence => $"[{string.Join(' ', Items.Take(4))}{(Items.Count > 4 ? " …" : "")}]",
            _ => "a map",
        };
        return shown.Length <= 60 ? shown : string.Concat(shown.AsSpan(0, 60), "…");
    }

    public bool Says(HistoryTerm other) => Kind == other.Kind && Number == other.Number && Text == other.Text && Items.Count == other.Items.Count && Items.Zip(other.Items).All(p => p.First.Says(p.Second));
}
