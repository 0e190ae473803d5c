using Headroom.Coding.Erasure;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Store;

/// <summary>Notes and advice in words.</summary>
internal static class StoreWords
{
    public static string Note(StoreOption option) =>
        $"survives {option.Code.FailuresSurvived}, reads {N(option.Shape.RepairReads)} per byte rebuilt, yearly loss {Print.Significant(option.Durability.YearlyLoss, 2)}";

    public static string RepairNote(StoreOption option) =>
        $"a lone failure is whole again after {Seconds(option.Durability.Repair.AloneSeconds)}"
        + (option.Durability.RepairLoad >= 1 ? "; repair cannot keep up with failures" : "");

    public static Advice StoredAdvice(StoreInput input, IReadOnlyList<StoreOption> shown)
    {
        StoreOption now = shown[0];
        StoreOption? best = Best(shown, option => option.Code.Overhead);
        string goal = input.Survive > 0 ? $"survives any {input.Survive} failures" : "meets the loss goal";
        if (best is null)
        {
            return new Advice("No code tried meets every goal: allow wider stripes, detect failures sooner, give repair more bandwidth, or ask for less.",
                "", "the model of loss assumes independent failures");
        }

        if (best.Code.Name == now.Code.Name)
        {
            return new Advice($"{now.Code} already stores the least of the codes tried that meet the goals.", "", "exact count");
        }

        StoreOption? local = Best(shown.Where(o => o.Code is LocallyRepairableCode), option => option.Code.Overhead);
        string alternative = local is null || local.Code.Name == best.Code.Name ? ""
            : $" {local.Code} reads {N(local.Shape.RepairReads)} instead, at {N(local.Code.Overhead)} bytes stored.";
        StoreOption? cheapest = shown.Where(o => o.MeetsGoals && o.Money is not null).MinBy(o => o.Money!.DollarsPerYear);
        string cheaper = cheapest is null || cheapest.Code.Name == best.Code.Name ? ""
            : $" With repair traffic at the prices given, {cheapest.Code} costs least: {new Quantity(cheapest.Money!.DollarsPerYear, Unit.DollarPerYear).ToHumanString()} against {new Quantity(best.Money!.DollarsPerYear, Unit.DollarPerYear).ToHumanString()}.";
        return new Advice(
            $"{best.Code} {goal} at {N(best.Code.Overhead)} bytes per byte instead of {N(now.Code.Overhead)}.{cheaper}",
            $"Rebuilding a byte reads {N(best.Shape.RepairReads)} instead of {N(now.Shape.RepairReads)}, a small write moves {N(best.SmallWrite)} bytes per byte instead of {N(now.SmallWrite)}, "
                + $"and a read of a lost shard waits for {best.Code.DataShards} nodes.{alternative}",
            "stored bytes are exact; yearly loss is a model of independent failures");
    }

    public static Advice ReadsAdvice(IReadOnlyList<StoreOption> shown)
    {
        StoreOption? best = Best(shown, option => option.Code.ParityShards == 0 ? double.PositiveInfinity : option.Shape.RepairReads);
        return new Advice(
            best is null ? "No code tried meets every goal." : $"{best.Code} reads the least per byte rebuilt: {N(best.Shape.RepairReads)}.",
            best is null ? "" : $"It stores {N(best.Code.Overhead)} bytes per byte.",
            "counted on the repaired sample");
    }

    public static Advice SentAdvice(IReadOnlyList<StoreOption> shown)
    {
        StoreOption? best = Best(shown, option => option.Code.FailuresSurvived == 0 ? double.PositiveInfinity : option.Shape.RepairSent);
        StoreOption? least = Best(shown.Where(option => option.Code.FailuresSurvived > 0), option => option.Code.Overhead * 1e6 + option.Shape.RepairSent);
        return new Advice(
            best is null ? "No code tried meets every goal." : $"{best.Code} moves the least per byte rebuilt: {N(best.Shape.RepairSent)}.",
            best is null || least is null ? "" : $"It stores {N(best.Code.Overhead)} bytes per byte; {least.Code} stores {N(least.Code.Overhead)} and moves {N(least.Shape.RepairSent)}.",
            "counted from the codes' own plans");
    }

    public static Advice LossAdvice(IReadOnlyList<StoreOption> shown)
    {
        StoreOption? best = Best(shown, option => option.Durability.YearlyLoss);
        return new Advice(
            best is null ? "No code tried meets every goal." : $"{best.Code} loses least: {Print.Significant(best.Durability.YearlyLoss, 2)} a year against {Print.Significant(shown[0].Durability.YearlyLoss, 2)} today.",
            best is null ? "" : $"It stores {N(best.Code.Overhead)} bytes per byte. Below a loss of about 1e-9 a year, operators and software lose more data than disks do.",
            "a model: independent exponential failures, repair by detection and bandwidth; its tests hold it against a simulation of single nodes and stripes");
    }

    public static Advice SmallWriteAdvice(StoreInput input) => new(
        $"Surviving {input.Survive} failures takes {input.Survive + 1} writes whatever the code; gathering small writes into whole stripes costs only the overhead.",
        "Gathering delays a write until its stripe is full, or needs a log that is itself replicated.",
        "exact for writes in place");

    private static StoreOption? Best(IEnumerable<StoreOption> options, Func<StoreOption, double> cost) => options.Where(option => option.MeetsGoals).MinBy(cost);

    private static string N(double value) => Print.Significant(value, 3);

    private static string Seconds(double seconds) => new Quantity(seconds, Unit.Second).ToHumanString();
}
