using Headroom.Coding.Bounds;
using Headroom.Consensus.Bounds;
using Headroom.Dissemination.Bounds;
using Headroom.Flow.Bounds;
using Headroom.Information.Bounds;
using Headroom.Kernel.Bounds;
using Headroom.Queueing.Bounds;

namespace Headroom.Audit;

/// <summary>Every theorem that Headroom knows, by subject.</summary>
public static class BoundRegistry
{
    public static IReadOnlyList<Bound> All { get; } =
    [
        .. InformationBounds.All,
        .. CodingBounds.All,
        .. FlowBounds.All,
        .. QueueingBounds.All,
        .. DisseminationBounds.All,
        .. ConsensusBounds.All,
    ];

    public static Bound? Find(string id) => All.FirstOrDefault(bound => bound.Id == id);
}
