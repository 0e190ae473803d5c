using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Ordering;

namespace Headroom.Lab.Maelstrom.Nodes;

/// <summary>A node program that broadcasts by one of our protocols.</summary>
public sealed record BroadcastNodeOptions
{
    public required BroadcastStrategy Strategy { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>What the protocol takes for a link's latency: it paces retries and rounds by it.</summary>
    public long LatencyNs { get; init; } = 10_000_000;

    /// <summary>Broadcasts of each origin that are remembered, so that a late copy is known for one; what was delivered is kept in any case.</summary>
    public int Remembered { get; init; } = 1024;

    /// <summary>Why such a node is impossible, or null.</summary>
    public string? Problem() =>
        LatencyNs is < 1 or > 3_600_000_000_000 ? "a latency is above 0 and at most an hour: rounds are paced by it"
        : Strategy.IsRooted && IsCausal(Strategy) ? $"{Strategy.Name} runs once for each origin here, and each of these runs would order its own origin's broadcasts only"
        : Remembered is < 1 or > 1_000_000 ? "1 to 1,000,000 broadcasts may be remembered"
        : null;

    private static bool IsCausal(BroadcastStrategy strategy) => strategy switch
    {
        OrderedStrategy ordered => ordered.Order == DeliveryOrder.Causal || IsCausal(ordered.Inner),
        BatchedStrategy batched => IsCausal(batched.Inner),
        _ => false,
    };

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Strategy);
        if (Problem() is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }
}
