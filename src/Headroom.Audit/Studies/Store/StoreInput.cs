using Headroom.Coding.Erasure;
using Headroom.Coding.Models;

namespace Headroom.Audit.Studies.Store;

/// <summary>An activity of kind <c>store</c>, read and checked.</summary>
public sealed record StoreInput
{
    /// <summary>Everything of the system but the shard size, which depends on the code where objects are striped singly.</summary>
    public required StorageSystem System { get; init; }

    /// <summary>Bytes of an object that is a stripe of its own; null where shards have a fixed size.</summary>
    public required double? ObjectBytes { get; init; }

    public required double WriteBytes { get; init; }

    /// <summary>Losses to be survived wherever they fall; 0 where only a yearly loss is asked for.</summary>
    public required int Survive { get; init; }

    /// <summary>True where no goal was written and what now survives stands in for it.</summary>
    public required bool GoalIsImplied { get; init; }

    public required double? YearlyLossMax { get; init; }

    public required double? RepairReadsMax { get; init; }

    /// <summary>Nodes that a stripe may span.</summary>
    public required int Width { get; init; }

    public required bool WidthIsGiven { get; init; }

    public required ErasureCode Now { get; init; }

    /// <summary>Codes that the user wants to see whatever the search says.</summary>
    public required IReadOnlyList<ErasureCode> Asked { get; init; }

    /// <summary>Stated repair times by code name.</summary>
    public required IReadOnlyDictionary<string, double> StatedRepairSeconds { get; init; }

    /// <summary>How objects are read; null where nothing was said.</summary>
    public StoreReading? Reading { get; init; }

    /// <summary>Bytes of the objects and their shares, which sum to 1; empty where reading was not described.</summary>
    public IReadOnlyList<(double Bytes, double Share)> Sizes { get; init; } = [];

    public IReadOnlyList<StoreTier> Tiers { get; init; } = [];

    /// <summary>Size of a shard that holds many objects or part of one; null where an object is a stripe of its own.</summary>
    public double? FixedShardBytes => ObjectBytes is null ? System.ShardBytes : null;

    public required byte[] Sample { get; init; }

    public required string SampleOrigin { get; init; }

    /// <summary>The system as this code sees it.</summary>
    public StorageSystem For(ErasureCode code) => System with
    {
        ShardBytes = ObjectBytes is { } bytes ? bytes * code.Subshards / code.DataSubshards : System.ShardBytes,
        StatedRepairSeconds = StatedRepairSeconds.TryGetValue(code.Name, out double seconds) ? seconds : null,
    };

    /// <summary>No repair is over sooner than this after the failure.</summary>
    public double LeastRepairSeconds => StatedRepairSeconds.Values.Append(System.DetectSeconds).Min();
}
