namespace Headroom.Audit.Reading;

/// <summary>
/// One key of a mapping: its name, what it means, what is expected there in words, and how it is read. From the same record come the
/// validation, the typed value and the page of <c>headroom kinds</c>.
/// </summary>
public abstract record Key(string Name, string Form, string Summary)
{
    /// <summary>The default as a user would write it; null where there is none.</summary>
    public string? Default { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>The keys below, for a section.</summary>
    public virtual IReadOnlyList<Key> Children => [];

    internal abstract object ReadObject(Node node, ReadingContext context);
}

/// <summary>A key whose value is read as <typeparamref name="T"/>.</summary>
public sealed record Key<T>(string Name, string Form, string Summary, Func<Node, ReadingContext, T> Read) : Key(Name, Form, Summary)
    where T : notnull
{
    public IReadOnlyList<Key> Below { get; init; } = [];

    public override IReadOnlyList<Key> Children => Below;

    /// <summary>The same key, which must be given.</summary>
    public Key<T> Required() => this with { IsRequired = true };

    /// <summary>The same key with a default, written as a user would.</summary>
    public Key<T> Or(string text) => this with { Default = text };

    internal override object ReadObject(Node node, ReadingContext context) => Read(node, context);
}
