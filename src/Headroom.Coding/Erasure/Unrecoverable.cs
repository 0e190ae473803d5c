namespace Headroom.Coding.Erasure;

/// <summary>The lost shards cannot be rebuilt from those available; <see cref="Suffices"/> added to these, they can, and no smaller set would do.</summary>
public sealed class Unrecoverable : RepairOutcome
{
    internal Unrecoverable(ErasureCode code, IReadOnlyList<int> lost, IReadOnlyList<int> available, IReadOnlyList<int> suffices)
        : base(code, lost)
    {
        (Available, Suffices) = (available, suffices);
    }

    /// <summary>The shards that were there, ascending.</summary>
    public IReadOnlyList<int> Available { get; }

    /// <summary>Lost shards that, had they been there too, would let the rest be rebuilt; as few as can be.</summary>
    public IReadOnlyList<int> Suffices { get; }

    /// <summary>In a sentence.</summary>
    public override string ToString() =>
        $"{Code} cannot rebuild shard{(Lost.Count == 1 ? "" : "s")} {string.Join(", ", Lost)} from the {Available.Count} available: "
        + $"{Suffices.Count} more would do, for instance {string.Join(" and ", Suffices)}";
}
