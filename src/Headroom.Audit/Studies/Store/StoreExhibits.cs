using Headroom.Audit.Report;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Studies.Store;

/// <summary>Loss against overhead, and repair traffic against overhead, of every code tried.</summary>
internal static class StoreExhibits
{
    public static IReadOnlyList<Exhibit> Of(StoreInput input, IReadOnlyList<StoreOption> options, IReadOnlyList<StoreOption> shown, Finding[] findings)
    {
        Finding stored = findings[0];
        Guide[] limit = stored.Limit?.Value.Number is { } floor ? [new Guide(true, floor, "limit")] : [];
        Guide[] goal = input.YearlyLossMax is { } loss ? [new Guide(false, loss, "goal")] : [];
        Role RoleOf(StoreOption option) => option.Code.Name == shown[0].Code.Name ? Role.Now : option.Code.Name == stored.Best?.Strategy ? Role.Best : Role.Candidate;

        // A loss too small for a double has no place on a logarithmic axis.
        ScatterPoint[] losses = [.. options.Where(option => option.Durability.YearlyLoss > 0)
            .Select(option => new ScatterPoint(option.Code.Name, option.Code.Overhead, option.Durability.YearlyLoss, RoleOf(option), option.MeetsGoals))];
        ScatterPoint[] reads = [.. options.Where(option => option.Code.ParityShards > 0)
            .Select(option => new ScatterPoint(option.Code.Name, option.Code.Overhead, option.Shape.RepairReads, RoleOf(option), option.MeetsGoals))];
        return
        [
            new ScatterExhibit("Loss against overhead", "Every code tried: bytes stored per byte of data, and the probability of losing anything in a year.",
                new Axis("stored", "B/B"), new Axis("yearly loss", "probability", IsLog: true), losses, [.. limit, .. goal]),
            new ScatterExhibit("Repair traffic against overhead", "Every code tried: bytes stored per byte of data, and bytes read per byte rebuilt after one failure.",
                new Axis("stored", "B/B"), new Axis("repair reads", "B/B"), reads, limit),
        ];
    }
}
