using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>The strategies of this kind: how they are written, and what runs.</summary>
internal static class BroadcastStrategies
{
    private static readonly StrategyParameter Fanout = new("fan-out", 1, 1000);

    public static IReadOnlyList<StrategyForm> Forms { get; } =
    [
        new("flooding", "who first gets the payload sends it on every other link"),
        new("flooding-with-echo", "the same, also back where it came from"),
        new("push", "who gets the payload sends it to fan-out random members, so many times, one link latency apart", Fanout, new StrategyParameter("times", 1, 1000) { Default = 1 }),
        new("tree", "down a complete k-ary tree, once along each edge (not on a topology file)", new StrategyParameter("arity", 1, 1000)),
        new("earliest-tree", "down the tree that informs everybody earliest; on a topology the tree of shortest paths"),
        new("epidemic-broadcast-tree", "down a minimum-latency tree, then epidemic repair: digests to random members, pulls by those who miss the payload",
            Fanout with { Default = 3 }, new StrategyParameter("gossip-probability", 0, 1) { Default = 0.1, IsWhole = false }),
    ];

    public static BroadcastStrategy Of(StrategyCall call) => call.Name switch
    {
        "flooding" => new FloodingStrategy(),
        "flooding-with-echo" => new FloodingStrategy(Echo: true),
        "push" => new PushStrategy(call.Int(0), call.Int(1)),
        "tree" => new TreeStrategy(call.Int(0)),
        "earliest-tree" => new EarliestTreeStrategy(),
        _ => new EpidemicBroadcastTreeStrategy(call.Int(0), call[1]),
    };

    /// <summary>Why the strategy cannot run on so many members, or null.</summary>
    public static string? Problem(BroadcastStrategy strategy, BroadcastSetting setting)
    {
        (string name, int asked) = strategy switch
        {
            PushStrategy push => ("a fan-out", push.Fanout),
            TreeStrategy tree => ("an arity", tree.Arity),
            EpidemicBroadcastTreeStrategy epidemic => ("a fan-out", epidemic.Fanout),
            _ => ("", 0),
        };
        return asked >= setting.Members ? $"{strategy}: {name} of {asked} needs more than {setting.Members} members"
            : strategy is TreeStrategy && !setting.Network.Topology.IsComplete
                ? $"{strategy} links any two members, but a topology was given; 'earliest-tree' follows its links"
                : null;
    }

    /// <summary>What is tried beside the activity's own strategy.</summary>
    public static IEnumerable<BroadcastStrategy> Usual(BroadcastSetting setting)
    {
        BroadcastStrategy[] usual =
        [
            new FloodingStrategy(), new PushStrategy(5), new PushStrategy(5, 3), new TreeStrategy(4), new EarliestTreeStrategy(),
            new EpidemicBroadcastTreeStrategy(3, 0.1), new EpidemicBroadcastTreeStrategy(5, 0.05), new EpidemicBroadcastTreeStrategy(5, 0.2),
        ];
        return usual.Where(strategy => Problem(strategy, setting) is null);
    }
}
