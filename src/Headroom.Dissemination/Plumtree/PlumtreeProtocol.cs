using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Bounds;

namespace Headroom.Dissemination.Plumtree;

/// <summary>What is known of epidemic broadcast trees over partial views.</summary>
public static class PlumtreeProtocol
{
    public static Protocol Record { get; } = new()
    {
        Name = "plumtree",
        Summary = "eager links form a tree, lazy ones announce; who misses the payload grafts itself on, who gets it twice prunes",
        Messages = new Complexity("n - 1 payloads, n (d - 2) + 2 announcements", "the same once settled, without faults", "first broadcast: n (d - 1) + 1 payloads, n (d - 2) + 2 prunes"),
        Rounds = new Complexity("eccentricity of the origin in the overlay", "about log_{d-1}(n ln n)", "5 more for each lost tree link on the way"),
        Bytes = new Complexity("(n-1) b + n (d - 2) c", "the same once settled, without faults", "first broadcast: n (d - 1) b + n (d - 2) c"),
        Latency = "the first broadcast floods the views link by link: within 2 % of runs from 100 members on, a fifth shorter for ten, whose views hold half of them; a settled one runs down what a flood left, asking after time-outs below what fails: within 15 %; with dead members mostly infinite, for some have dead neighbours alone; on a graph with loss, and with jitter once settled, nothing is said",
        Guarantee = "every live member that live neighbours and a chain of announcements join to the origin; relative message redundancy 0 once settled without faults",
        FaultModel = "crashes and loss: a lost payload or a dead parent costs a timeout; views mend themselves when told of a dead neighbour",
        ScaleLimit = "state of d neighbours and the passive view, whatever n; d - 2 announcements a member and broadcast unless batched; depth grows with log n",
        Citation = new Citation("leitao2007", "sections 3 and 4"),
    };
}
