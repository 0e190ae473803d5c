using Headroom.Audit.Systems;
using Headroom.Coding.Durability;
using Headroom.Coding.Erasure;
using Headroom.Coding.Models;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Store;

/// <summary>The codes that are tried, what each costs, and which of them are shown.</summary>
internal static class StoreSearch
{
    /// <summary>Stripes wider than this are rare in practice: a degraded read waits for the slowest of as many nodes.</summary>
    private const int WidthWithoutGoal = 24;

    /// <summary>Codes that are shown at most, but for those asked for.</summary>
    public const int ShownMax = 16;

    private static readonly int[] DataShards = [2, 3, 4, 5, 6, 8, 9, 10, 12, 14, 16, 17, 20, 22, 24, 28, 32, 40, 48];

    /// <summary>Layouts in the proportions that are used: groups of three to eight, two or three global parities.</summary>
    private static readonly (int K, int L, int G)[] Layouts =
    [
        (4, 2, 1), (6, 2, 1), (8, 2, 1), (10, 2, 1), (12, 2, 1), (6, 2, 2), (8, 2, 2), (10, 2, 2), (12, 2, 2), (14, 2, 2), (16, 2, 2),
        (12, 3, 2), (15, 3, 2), (12, 4, 2), (16, 4, 2), (18, 3, 2), (10, 2, 3), (12, 2, 3), (12, 3, 3), (15, 3, 3),
    ];

    /// <summary>Regenerating codes in sizes that are built: few parities, because a Clay code's shards have that number of parts to the power of their groups.</summary>
    private static readonly (int K, int M)[] Regenerating = [(4, 2), (6, 3), (8, 2), (8, 3), (8, 4), (10, 4), (12, 4)];

    /// <summary>What people know; shown even where it is not on the frontier.</summary>
    private static readonly string[] Familiar = ["replication(2)", "replication(3)", "rs(6,3)", "rs(10,4)", "lrc(12,2,2)", "clay(10,4,13)", "mbr(10,4,13)"];

    public static IReadOnlyList<StoreOption> Evaluate(StoreInput input, StudyContext context)
    {
        ErasureCode[] codes = [.. Codes(input)];
        var options = new List<StoreOption>();
        for (int i = 0; i < codes.Length; i++)
        {
            context.Report(0.6 * i / codes.Length, codes[i].Name);
            options.Add(Evaluate(input, codes[i], context.Prices));
        }

        return options;
    }

    /// <summary>
    /// Now, what was asked for, the familiar, and of the rest that meet the goals the frontier: no other is better in stored bytes, repair reads, small
    /// writes and yearly loss together. Of a long frontier the cheapest in storage, then the ends.
    /// </summary>
    public static IReadOnlyList<StoreOption> Shown(StoreInput input, IReadOnlyList<StoreOption> options)
    {
        string[] wanted = [input.Now.Name, .. input.Asked.Select(code => code.Name), .. Familiar];
        StoreOption[] meeting = [.. options.Where(option => option.MeetsGoals)];
        StoreOption[] frontier = [.. meeting.Where(option => !meeting.Any(other => other.Dominates(option)))];
        var chosen = new List<StoreOption>(options.Where(option => wanted.Contains(option.Code.Name)));
        StoreOption[] ends =
        [
            .. frontier.OrderBy(o => o.Code.Overhead).ThenBy(o => o.Shape.RepairSent).Take(4),
            .. frontier.Where(o => o.Code is LocallyRepairableCode).OrderBy(o => o.Code.Overhead).Take(2),
            .. frontier.OrderBy(o => o.Shape.RepairSent).ThenBy(o => o.Code.Overhead).Take(2),
            .. frontier.OrderBy(o => o.SmallWrite).ThenBy(o => o.Code.Overhead).Take(2),
            .. frontier.OrderBy(o => o.Code.Overhead),
        ];
        foreach (StoreOption option in ends.Where(option => chosen.Count < ShownMax && !chosen.Contains(option)).Distinct())
        {
            if (chosen.Count < ShownMax)
            {
                chosen.Add(option);
            }
        }

        return [.. chosen.OrderBy(option => option.Code.Name == input.Now.Name ? 0 : 1).ThenBy(option => option.Code.Overhead)];
    }

    private static IEnumerable<ErasureCode> Codes(StoreInput input)
    {
        int width = input.WidthIsGiven ? input.Width : Math.Min(input.Width, WidthWithoutGoal);
        IEnumerable<ErasureCode> regenerating = Regenerating
            .Where(layout => layout.K + layout.M <= width)
            .SelectMany(layout => (string[])["clay", "mbr"], (layout, name) => StorageCodes.TryCreate(name, [layout.K, layout.M], out ErasureCode? code, out _) ? code : null)
            .OfType<ErasureCode>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int parities = Math.Min(width - 1, Math.Max(6, input.Survive + 2));
        IEnumerable<ErasureCode> all =
        [
            input.Now,
            .. input.Asked,
            .. Enumerable.Range(2, Math.Max(0, Math.Min(width - 1, Math.Max(3, input.Survive + 2)))).Select(copies => new ReplicationCode(copies)),
            .. DataShards.SelectMany(k => Enumerable.Range(1, parities).Where(m => k + m <= width).Select(m => new ReedSolomonCode(k, m))),
            .. Enumerable.Range(1, parities).Where(m => width - m >= 2).Select(m => new ReedSolomonCode(width - m, m)),
            .. Layouts.Where(layout => layout.K + layout.L + layout.G <= width).Select(layout => new LocallyRepairableCode(layout.K, layout.L, layout.G)),
            .. regenerating,
        ];
        return all.Where(code => seen.Add(code.Name));
    }

    /// <summary>One code in this system; with repairs that were simulated, as much slower as these were.</summary>
    public static StoreOption Evaluate(StoreInput input, ErasureCode code, Prices prices, RepairContention? contention = null)
    {
        var shape = CodeShape.Of(code);
        StorageSystem system = input.For(code) with { Contention = contention?.Factor ?? 1 };
        Durability durability = DurabilityModel.Evaluate(system, shape);
        var missed = new List<string>();
        if (code.FailuresSurvived < input.Survive)
        {
            missed.Add($"survives {code.FailuresSurvived} of {input.Survive} failures");
        }

        if (code.TotalShards > input.Width)
        {
            missed.Add($"spans {code.TotalShards} nodes, above the width of {input.Width}");
        }

        if (input.YearlyLossMax is { } loss && durability.YearlyLoss > loss)
        {
            missed.Add($"yearly loss {Print.Significant(durability.YearlyLoss, 2)} above {Print.Significant(loss, 2)}");
        }

        if (input.RepairReadsMax is { } reads && shape.RepairReads > reads)
        {
            missed.Add($"reads {Print.Significant(shape.RepairReads, 3)} bytes per byte rebuilt, above {Print.Significant(reads, 3)}");
        }

        return new StoreOption
        {
            Code = code,
            Shape = shape,
            Durability = durability,
            Contention = contention,
            SmallWrite = SmallWrite.BytesMovedPerByte(code, input.WriteBytes, system.ShardBytes),
            MissedGoals = missed,
            Money = Cost(input, prices, code.Overhead, shape.RepairSent),
        };
    }

    /// <summary>Storage, and what is sent to rebuild the nodes that fail in a year, by the egress price (its own pair is <c>repair</c>).</summary>
    public static Money? Cost(StoreInput input, Prices prices, double overhead, double repairSent)
    {
        double stored = input.System.DataBytes * overhead;
        double rebuiltPerYear = stored * DurabilityModel.YearSeconds / input.System.NodeMttfSeconds;
        return Money.Of(
            ("storage", stored * prices.StoragePerByteYear),
            ("egress", rebuiltPerYear * repairSent * prices.EgressPerByte("repair")));
    }
}
