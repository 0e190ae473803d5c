using Headroom.Audit.Comparisons.Rows;
using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>Which protocol to take in a setting, and why.</summary>
internal static class BroadcastAdvisor
{
    /// <summary>A protocol delivers when on average at least this share of the live members has the payload in the end.</summary>
    private const double DeliversShare = 0.9999;

    public static Recommendation? Of(IReadOnlyList<(BroadcastStrategy Strategy, ComparisonCell Cell)> candidates)
    {
        ComparisonCell[] run = [.. candidates.Select(c => c.Cell).Where(c => LeastProduct.Mean(c, "delivered") is not null && LeastProduct.Mean(c, "bytes") is not null)];
        if (run.Length == 0)
        {
            return null;
        }

        double most = run.Max(c => LeastProduct.Mean(c, "delivered")!.Value);
        double share = Math.Min(DeliversShare, most);
        var product = new LeastProduct([.. run.Where(c => LeastProduct.Mean(c, "delivered") >= share)]);
        BroadcastStrategy strategy = candidates.First(c => c.Cell == product.Best).Strategy;
        string delivers = most >= DeliversShare ? $"at least {LeastProduct.Percent(DeliversShare)} of the live members" : $"the most that any reaches here, {LeastProduct.Percent(most)} of the live members";
        return new Recommendation(strategy.Name, $"least product of bytes and time (p99 over members) among those that deliver to {delivers}",
            $"delivers {LeastProduct.Percent(LeastProduct.Mean(product.Best, "delivered")!.Value)}, {product.Figures}; withstands: {strategy.Protocol.FaultModel}",
            product.GivesUp() is { Count: > 0 } parts ? string.Join("; ", parts) : "nothing against the others here");
    }
}
