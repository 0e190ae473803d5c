using Headroom.Audit.Reading;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies;

/// <summary>Something people claim of a kind that is no metric of its findings and that the study judges itself.</summary>
public sealed record ClaimTopic(string Name, Unit Unit, string Meaning);

/// <summary>
/// One kind of activity as data: its keys (without name, kind and claims, which all have), the metrics it answers, its strategies, an
/// example. From this record come the validation and <c>headroom kinds</c>.
/// </summary>
public sealed record KindSchema
{
    /// <summary>The verb: <c>broadcast</c>.</summary>
    public required string Kind { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<Key> Keys { get; init; }

    /// <summary>The headline comes first.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    public required IReadOnlyList<StrategyForm> Strategies { get; init; }

    /// <summary>What may stand before a strategy, with a plus: <c>fifo+push(6)</c>.</summary>
    public IReadOnlyList<StrategyForm> Wrappers { get; init; } = [];

    public IReadOnlyList<ClaimTopic> ClaimTopics { get; init; } = [];

    /// <summary>The keys of an activity as YAML, without the leading <c>- name:</c> and <c>kind:</c> lines, indented by nothing.</summary>
    public required string Example { get; init; }
}
