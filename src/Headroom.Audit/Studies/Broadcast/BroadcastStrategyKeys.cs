using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>Keys of ways of broadcasting, wrapped or not: <c>push(6)</c>, <c>fifo+push(6)</c>.</summary>
internal static class BroadcastStrategyKeys
{
    public static Key<BroadcastStrategy> One(string name, string summary) =>
        new(name, "a strategy, such as push(6) or fifo+push(6)", summary, (node, _) => Read(name, node));

    public static Key<IReadOnlyList<BroadcastStrategy>> Several(string name, string summary) =>
        new(name, "a list of strategies", summary, (node, _) => node is SequenceNode list ? [.. list.Items.Select(item => Read(name, item))] : [Read(name, node)]);

    private static BroadcastStrategy Read(string name, Node node) =>
        BroadcastRegistry.TryParse(Keys.ReadText(name, node, "a strategy"), out BroadcastStrategy? strategy, out string? problem) ? strategy : throw new InputException(node.Mark, problem);
}
