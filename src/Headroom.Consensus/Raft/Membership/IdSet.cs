using System.Collections.Immutable;

namespace Headroom.Consensus.Raft.Membership;

/// <summary>A set of members' numbers, ascending. Never changes.</summary>
public readonly struct IdSet : IEquatable<IdSet>
{
    private readonly ImmutableArray<int> _ids;

    private IdSet(ImmutableArray<int> ids) => _ids = ids;

    public static IdSet Empty => default;

    public static IdSet Of(params IEnumerable<int> ids) => new([.. ids.Distinct().Order()]);

    public int Count => _ids.IsDefault ? 0 : _ids.Length;

    public bool IsEmpty => Count == 0;

    public ReadOnlySpan<int> Span => _ids.AsSpan();

    public bool Contains(int id) => Span.BinarySearch(id) >= 0;

    public IdSet With(int id) => Contains(id) ? this : Of([.. Span, id]);

    public IdSet Without(int id) => Contains(id) ? new(_ids.Remove(id)) : this;

    public IdSet Union(IdSet other) => other.IsEmpty ? this : Of([.. Span, .. other.Span]);

    public bool Equals(IdSet other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is IdSet other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int id in Span)
        {
            hash.Add(id);
        }

        return hash.ToHashCode();
    }

    public static bool operator ==(IdSet left, IdSet right) => left.Equals(right);

    public static bool operator !=(IdSet left, IdSet right) => !left.Equals(right);

    /// <summary>The members parted by blanks.</summary>
    public override string ToString() => string.Join(' ', Span.ToArray());
}
