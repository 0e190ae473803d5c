using Headroom.Coding.Durability;
using Headroom.Coding.Erasure;
using Headroom.Coding.Models;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Studies.Store;

/// <summary>One code with what it costs in this system.</summary>
internal sealed record StoreOption
{
    public required ErasureCode Code { get; init; }

    public required CodeShape Shape { get; init; }

    public required Durability Durability { get; init; }

    /// <summary>Bytes read and written per byte of a small write.</summary>
    public required double SmallWrite { get; init; }

    /// <summary>Repairs that contend for lines, simulated; null where transfers do not matter or nothing was simulated.</summary>
    public RepairContention? Contention { get; init; }

    /// <summary>Yearly loss by importance splitting; null where it was not simulated.</summary>
    public RareLoss? Rare { get; init; }

    public required IReadOnlyList<string> MissedGoals { get; init; }

    public required Money? Money { get; init; }

    public bool MeetsGoals => MissedGoals.Count == 0;

    public bool AnyDataShardsDecode => Code.Distance == Code.ParityShards + 1;

    /// <summary>No worse in any of the four costs, better in one.</summary>
    public bool Dominates(StoreOption other) =>
        Code.Overhead <= other.Code.Overhead && Shape.RepairSent <= other.Shape.RepairSent && SmallWrite <= other.SmallWrite
        && Durability.YearlyLoss <= other.Durability.YearlyLoss
        && (Code.Overhead < other.Code.Overhead || Shape.RepairSent < other.Shape.RepairSent || SmallWrite < other.SmallWrite
            || Durability.YearlyLoss < other.Durability.YearlyLoss);
}
