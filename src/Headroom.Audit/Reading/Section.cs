using System.Diagnostics.CodeAnalysis;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Reading;

/// <summary>
/// A mapping read strictly against its keys: an unknown key, a missing one or a wrong value is an <see cref="InputException"/> with
/// file, line, column and the nearest match. Values are asked for by the key that read them.
/// </summary>
public sealed class Section
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Mark> _marks = new(StringComparer.Ordinal);
    private readonly ReadingContext _context;

    private Section(Mark mark, string title, ReadingContext context)
    {
        Mark = mark;
        Title = title;
        _context = context;
    }

    /// <summary>Where the mapping begins.</summary>
    public Mark Mark { get; }

    /// <summary>How messages call it: <c>activity 'price push' (broadcast)</c>.</summary>
    public string Title { get; }

    public static Section Read(Node node, string title, IReadOnlyList<Key> keys, ReadingContext context)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(context);
        if (node is not MappingNode mapping)
        {
            throw new InputException(node.Mark, $"{title} is a mapping of {string.Join(", ", keys.Take(6).Select(k => k.Name))}; found {node.Describe()}");
        }

        var section = new Section(mapping.Mark, title, context);
        foreach (MappingEntry entry in mapping.Entries)
        {
            Key key = keys.FirstOrDefault(k => k.Name == entry.Key) ?? throw new InputException(entry.KeyMark, UnknownKey(title, entry.Key, keys));
            section._values[key.Name] = key.ReadObject(entry.Value, context);
            section._marks[key.Name] = entry.Value.Mark;
        }

        foreach (Key key in keys)
        {
            if (section._values.ContainsKey(key.Name))
            {
                continue;
            }

            if (key.IsRequired)
            {
                throw new InputException(mapping.Mark, $"{title} needs '{key.Name}' ({key.Form}): {key.Summary}");
            }

            if (key.Default is not null)
            {
                Node node0 = YamlTree.Parse(key.Default, $"the default of {key.Name}");
                section._values[key.Name] = key.ReadObject(node0, context);
            }
        }

        return section;
    }

    /// <summary>The value of a required key or one with a default.</summary>
    public T Get<T>(Key<T> key)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        return TryGet(key, out T? value) ? value : throw new InvalidOperationException($"'{key.Name}' is optional without a default: use TryGet");
    }

    public bool TryGet<T>(Key<T> key, [NotNullWhen(true)] out T? value)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_values.TryGetValue(key.Name, out object? found))
        {
            value = (T)found;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>True when the user wrote it, false for a default.</summary>
    public bool IsGiven(Key key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _marks.ContainsKey(key.Name);
    }

    /// <summary>Where the value stands; the section's own place for a default.</summary>
    public Mark MarkOf(Key key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _marks.GetValueOrDefault(key.Name, Mark);
    }

    /// <summary>An error at a key's value, for rules between keys (more failures than nodes).</summary>
    public InputException Fail(Key key, string problem) => new(MarkOf(key), problem);

    /// <summary>Notes that a study reads this file, so that no output overwrites it.</summary>
    public void AddInput(string fullPath) => _context.AddInput(fullPath);

    internal static string UnknownKey(string title, string typed, IReadOnlyList<Key> keys)
    {
        string? near = NearestName.Of(typed, keys.Select(k => k.Name));
        return $"{title} has no key '{typed}'" + (near is null ? $"; it takes {string.Join(", ", keys.Select(k => k.Name))}" : $" (did you mean {near}?)");
    }
}
