using System.Diagnostics.CodeAnalysis;
using Headroom.Kernel.Strategies;

namespace Headroom.Dissemination.Detection;

/// <summary>Every way of noticing the dead that runs here. One line adds one.</summary>
public static class DetectionRegistry
{
    public static IReadOnlyList<DetectionProtocol> All { get; } = [SwimStrategy.Entry, HeartbeatStrategy.Entry, GossipHeartbeatStrategy.Entry];

    public static IReadOnlyList<StrategyForm> Forms { get; } = [.. All.Select(protocol => protocol.Form)];

    /// <summary>The strategy of a call that was read against <see cref="Forms"/>.</summary>
    public static DetectionStrategy Of(StrategyCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return All.First(protocol => protocol.Form == call.Form).Create(call);
    }

    /// <summary>Reads a strategy as people write it: <c>swim(3,3)</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DetectionStrategy? strategy, [NotNullWhen(false)] out string? problem)
    {
        strategy = StrategyCall.TryParse(text, Forms, out StrategyCall? call, out problem) ? Of(call) : null;
        return strategy is not null;
    }
}
