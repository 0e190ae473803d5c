using System.Collections.Immutable;

namespace Headroom.Simulation.Faults;

/// <summary>Disjoint sets of members, each ascending: <c>{0-2} | {3,4}</c>.</summary>
public sealed class MemberSets : IEquatable<MemberSets>
{
    private readonly ImmutableArray<ImmutableArray<int>> _sets;

    public MemberSets(params IReadOnlyList<IReadOnlyList<int>> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var seen = new HashSet<int>();
        foreach (int member in sets.SelectMany(set => set))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(member, nameof(sets));
            if (!seen.Add(member))
            {
                throw new ArgumentException($"member {member} stands twice", nameof(sets));
            }
        }

        _sets = [.. sets.Select(set => set.Order().ToImmutableArray())];
    }

    public int Count => _sets.Length;

    public ImmutableArray<int> this[int set] => _sets[set];

    /// <summary>The set of each of so many members; -1 for those in none.</summary>
    public int[] SetOfEach(int members)
    {
        var of = new int[members];
        Array.Fill(of, -1);
        for (int set = 0; set < _sets.Length; set++)
        {
            foreach (int member in _sets[set])
            {
                of[member] = set;
            }
        }

        return of;
    }

    public bool Equals(MemberSets? other) => other is not null && _sets.Length == other._sets.Length
        && _sets.Zip(other._sets).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan()));

    public override bool Equals(object? obj) => Equals(obj as MemberSets);

    public override int GetHashCode() => HashCode.Combine(_sets.Length, _sets.Sum(set => set.Length));

    public override string ToString() => string.Join(" | ", _sets.Select(set => FaultText.OfSet(set.AsSpan())));
}
