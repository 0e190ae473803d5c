namespace Headroom.Audit.Reading;

/// <summary>A YAML value with its place.</summary>
public abstract record Node(Mark Mark)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Describe();
}

public sealed record ScalarNode(Mark Mark, string Text) : Node(Mark)
{
    public override string Describe() => Text.Length == 0 ? "nothing" : Text.Length <= 60 ? $"'{Text}'" : $"'{Text[..60]}…'";
}

public sealed record SequenceNode(Mark Mark, IReadOnlyList<Node> Items) : Node(Mark)
{
    public override string Describe() => "a list";
}

public sealed record MappingEntry(string Key, Mark KeyMark, Node Value);

public sealed record MappingNode(Mark Mark, IReadOnlyList<MappingEntry> Entries) : Node(Mark)
{
    public override string Describe() => "a mapping";
}
