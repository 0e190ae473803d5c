using System.Diagnostics.CodeAnalysis;
using Headroom.Dissemination.Broadcasts;
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
        AntiEntropyStrategy.DigestEntry,
        AntiEntropyStrategy.TreeEntry,
    ];

    public static IReadOnlyList<StrategyForm> Forms { get; } = [.. All.Select(protocol => protocol.Form)];

    /// <summary>The strategy of a call that was read against <see cref="Forms"/>.</summary>
    public static BroadcastStrategy Of(StrategyCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return All.First(protocol => protocol.Form == call.Form).Create(call);
    }

    /// <summary>Reads a strategy as people write it: <c>push(6)</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BroadcastStrategy? strategy, [NotNullWhen(false)] out string? problem)
    {
        strategy = StrategyCall.TryParse(text, Forms, out StrategyCall? call, out problem) ? Of(call) : null;
        return strategy is not null;
    }
}
