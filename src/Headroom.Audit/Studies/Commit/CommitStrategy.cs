using System.Diagnostics.CodeAnalysis;
using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Commit;

/// <summary>A way of committing: where timestamps come from, what becomes of conflicts, where leaders are.</summary>
public sealed record CommitStrategy(TimestampSource Timestamps, double Share = 1, ConflictRule Conflicts = ConflictRule.Optimistic, int? LeaderRegion = null)
{
    private static readonly StrategyForm TrueTimeForm = new("truetime", "timestamps from the ends of clock intervals, and a wait until they have passed everywhere; with clocks so uncertain, of what is stated",
        new StrategyParameter("share", 0, 100) { Default = 1, IsWhole = false });

    private static readonly StrategyForm LocalForm = new("local-clock", "two-phase commit with each server's own clock, without a wait: serializable, and not in the order of real time");
    private static readonly StrategyForm OracleForm = new("oracle", "timestamps of one process that counts, in the first region");
    private static readonly StrategyForm WoundWaitForm = new("wound-wait", "keys are locked as they are read: the older take them from the younger, others wait; otherwise conflicts abort");
    private static readonly StrategyForm LedForm = new("led-from", "all groups are led from the region of this number; otherwise as they are stated", new StrategyParameter("region", 1, 1000));

    public static IReadOnlyList<StrategyForm> Forms { get; } = [TrueTimeForm, LocalForm, OracleForm];

    public static IReadOnlyList<StrategyForm> Wrappers { get; } = [WoundWaitForm, LedForm];

    public string Name => (Conflicts == ConflictRule.WoundWait ? "wound-wait+" : "")
        + (LeaderRegion is { } region ? $"led-from({region + 1})+" : "")
        + (Timestamps switch
        {
            TimestampSource.LocalClock => "local-clock",
            TimestampSource.Oracle => "oracle",
            _ => Share == 1 ? "truetime" : $"truetime({Print.Significant(Share, 6)})",
        });

    /// <summary>Reads <c>wound-wait+led-from(2)+truetime(0.5)</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CommitStrategy? strategy, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        strategy = null;
        string[] parts = text.Split('+');
        if (!StrategyCall.TryParse(parts[^1], Forms, out StrategyCall? call, out problem))
        {
            return false;
        }

        var read = new CommitStrategy(call.Form == TrueTimeForm ? TimestampSource.TrueTime : call.Form == LocalForm ? TimestampSource.LocalClock : TimestampSource.Oracle,
            call.Form == TrueTimeForm ? call[0] : 1);
        foreach (string part in parts[..^1])
        {
            if (!StrategyCall.TryParse(part, Wrappers, out StrategyCall? wrapper, out problem))
            {
                return false;
            }

            if (wrapper.Form == WoundWaitForm ? read.Conflicts == ConflictRule.WoundWait : read.LeaderRegion is not null)
            {
                problem = $"'{wrapper.Name}' stands once in a strategy; found '{text}'";
                return false;
            }

            read = wrapper.Form == WoundWaitForm ? read with { Conflicts = ConflictRule.WoundWait } : read with { LeaderRegion = wrapper.Int(0) - 1 };
        }

        strategy = read;
        problem = null;
        return true;
    }

    /// <summary>These options by this strategy.</summary>
    public TrueTimeOptions In(TrueTimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with
        {
            Timestamps = Timestamps,
            Conflicts = Conflicts,
            LeaderRegions = LeaderRegion is { } region ? [.. Enumerable.Repeat(region, options.Groups)] : options.LeaderRegions,
            Clocks = options.Clocks with { ResidueNs = (long)Math.Min(options.Clocks.ResidueNs * Share, 1e10) },
        };
    }

    public override string ToString() => Name;
}
