using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>Which shards to read, whole, and how the lost ones are combined from them.</summary>
public sealed class RepairPlan : RepairOutcome
{
    private readonly Matrix256 _combination;

    internal RepairPlan(ErasureCode code, IReadOnlyList<int> lost, IReadOnlyList<int> reads, Matrix256 combination)
        : base(code, lost)
    {
        (Reads, _combination) = (reads, combination);
    }

    public IReadOnlyList<int> Reads { get; }

    /// <summary>Bytes read per byte rebuilt; 0 when nothing was lost.</summary>
    public double ReadsPerLostByte => Lost.Count == 0 ? 0 : (double)Reads.Count / Lost.Count;

    /// <summary>Rebuilds the lost shards in place; of the others only <see cref="Reads"/> are looked at.</summary>
    /// <exception cref="ArgumentException">Not n shards, or of unequal length.</exception>
    public void Run(IReadOnlyList<Memory<byte>> shards)
    {
        Code.CheckShards(shards);
        LinearMap.Apply(_combination, Reads, Lost, shards);
    }

    public override string ToString() => $"{Code}: read {string.Join(", ", Reads)} for {string.Join(", ", Lost)}";
}
