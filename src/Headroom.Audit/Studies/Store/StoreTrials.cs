using Headroom.Coding.Durability;
using Headroom.Coding.Models;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Studies.Store;

/// <summary>What is simulated beside the models: repairs that contend for lines, and rare losses.</summary>
internal static class StoreTrials
{
    public const double Confidence = 0.95;

    /// <summary>Transfers below this share of the detection time decide nothing.</summary>
    private const double TransferShareLeast = 0.05;

    /// <summary>Longer repairs are none: nodes fail faster, and the simulator's clock of nanoseconds holds some decades.</summary>
    private static readonly double TransferSecondsMost = DurabilityModel.YearSeconds;
    private const int ContendingNodesMax = 2000;
    private const double FailuresPerYearMax = 3000;
    private const int DomainNodesMax = 200;

    /// <summary>One node's repair among all lines; null where the transfers are short, longer than a year, stated, or of a group, whose replacement receives alone.</summary>
    public static RepairContention? Contention(StoreInput input, CodeShape shape, StorageSystem system, Seed seed)
    {
        var repair = RepairTimes.Of(system, shape);
        return !repair.Shared || repair.TransferSeconds < TransferShareLeast * repair.DetectSeconds || repair.TransferSeconds == 0 || repair.TransferSeconds > TransferSecondsMost
            || system.Nodes > ContendingNodesMax || shape.Helpers + 1 >= system.Nodes || input.System.Nodes < 2
            ? null : RepairContention.Simulate(system, shape, 1, seed);
    }

    /// <summary>Why rare losses are not simulated here, or null.</summary>
    public static string? NotSimulated(StoreInput input, StoreOption option) =>
        input.System.Nodes * DurabilityModel.YearSeconds / input.System.NodeMttfSeconds > FailuresPerYearMax ? $"more than {Print.Significant(FailuresPerYearMax, 3)} failures a year"
        : option.Durability.RepairLoad >= 0.5 ? "repairs queue"
        : input.System.Domains.Any(domain => input.System.Nodes / domain.Count > DomainNodesMax) ? $"domains of more than {DomainNodesMax} nodes"
        : option.Durability.YearlyLoss <= 0 ? "nothing is lost"
        : null;

    public static RareLossTrials Of(StoreInput input, StoreOption option, Seed seed) =>
        new(input.For(option.Code) with { Contention = option.Contention?.Factor ?? 1 }, option.Shape, DurabilityModel.YearSeconds, seed.Named("rare loss").Named(option.Code.Name));

    /// <summary>The two models side by side.</summary>
    public static string Words(StoreOption option)
    {
        if (option.Rare is not { } rare)
        {
            return "";
        }

        if (rare.Mean == 0)
        {
            return $"importance splitting followed {rare.Trials} trials and came to no loss, so nothing stands beside the chain";
        }

        string interval = $"{Print.Significant(Math.Max(0, rare.Interval.Low), 2)} to {Print.Significant(rare.Interval.High, 2)}";
        return $"importance splitting gives {Print.Significant(rare.Mean, 2)} (95 % {interval}, {rare.Trials} trials): "
            + (Agrees(option) ? "the models agree" : $"the chain is {Print.Significant(option.Durability.YearlyLoss / rare.Mean, 2)} times that");
    }

    /// <summary>Whether the chain lies in the interval that all codes shown miss together with the probability that one misses its own.</summary>
    public static bool Agrees(StoreOption option) => option.Rare is { Mean: > 0 } rare && rare.At(1 - ((1 - Confidence) / StoreSearch.ShownMax)).Contains(option.Durability.YearlyLoss);

    public static string Words(RepairContention contention) =>
        $"{new Quantity(contention.SimulatedSeconds, Unit.Second).ToHumanString()} of transfers where the narrowest line alone says {new Quantity(contention.ClosedFormSeconds, Unit.Second).ToHumanString()}: "
        + $"{Print.Significant(contention.Factor, 3)} times";
}
