using System.Diagnostics.CodeAnalysis;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Ordering;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Dissemination.Protocols;

/// <summary>Every way of broadcasting that runs here. One line adds one.</summary>
public static class BroadcastRegistry
{
    public static IReadOnlyList<BroadcastProtocol> All { get; } =
    [
        FloodingStrategy.Entry,
        FloodingStrategy.EchoEntry,
        PushStrategy.Entry,
        TreeStrategy.Entry,
        EarliestTreeStrategy.Entry,
        EpidemicBroadcastTreeStrategy.Entry,
        PlumtreeStrategy.Entry,
        CallStrategy.PullEntry,
        CallStrategy.PushPullEntry,
        RumourStrategy.FeedbackCoinEntry,
        RumourStrategy.FeedbackCounterEntry,
        RumourStrategy.BlindCoinEntry,
        RumourStrategy.BlindCounterEntry,
        MeshStrategy.Entry,
        HierarchicalStrategy.Entry,
        HierarchicalStrategy.PushEntry,
        HierarchicalStrategy.FloodingEntry,
        AntiEntropyStrategy.DigestEntry,
        AntiEntropyStrategy.TreeEntry,
        SwitchingStrategy.Entry,
    ];

    public static IReadOnlyList<StrategyForm> Forms { get; } = [.. All.Select(protocol => protocol.Form)];

    /// <summary>The strategy of a call that was read against <see cref="Forms"/>.</summary>
    public static BroadcastStrategy Of(StrategyCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return All.First(protocol => protocol.Form == call.Form).Create(call);
    }

    /// <summary>What may stand before a strategy, with a plus: <c>fifo+push(6)</c>.</summary>
    public static IReadOnlyList<StrategyForm> Wrappers { get; } =
    [
        new("fifo", "each origin's broadcasts delivered in its order"),
        new("causal", "delivered in causal order"),
        new("batch", "messages to the same peer wait so long to share packets", new StrategyParameter("wait", 1e-6, 1e6) { IsWhole = false, Unit = Unit.Parse("ms") }),
    ];

    /// <summary>Reads a strategy as people write it: <c>push(6)</c>, <c>fifo+push(6)</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BroadcastStrategy? strategy, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        strategy = null;
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        if (plus >= 0 && text[..plus].Count(c => c == '(') == text[..plus].Count(c => c == ')'))
        {
            string before = text[..plus].Split('(')[0].Trim();
            if (Forms.Any(form => form.Name == before))
            {
                problem = $"'{text}': what may stand before a plus is fifo, causal or batch, and {before} is none of them: write 'fifo+{text[..plus].Trim()}'";
                return false;
            }

            if (!StrategyCall.TryParse(text[..plus], Wrappers, out StrategyCall? wrapper, out problem) || !TryParse(text[(plus + 1)..], out BroadcastStrategy? inner, out problem))
            {
                return false;
            }

            strategy = wrapper.Name switch
            {
                "fifo" => new OrderedStrategy(inner, DeliveryOrder.Fifo),
                "causal" => new OrderedStrategy(inner, DeliveryOrder.Causal),
                _ => new BatchedStrategy(inner, Math.Max(1, (long)Math.Round(wrapper[0] * 1e6))),
            };
            return true;
        }

        strategy = StrategyCall.TryParse(text, Forms, out StrategyCall? call, out problem) ? Of(call) : null;
        return strategy is not null;
    }
}
