using Headroom.Kernel.Bounds;

namespace Headroom.Dissemination.Protocols;

/// <summary>The protocols that run here.</summary>
public static class ProtocolTable
{
    public static Protocol Flooding { get; } = new()
    {
        Name = "flooding",
        Summary = "who first gets the payload sends it on every other link",
        Messages = new Complexity("2E - (n-1)", "2E - (n-1)", "2E - (n-1) (with echo 2E)"),
        Rounds = new Complexity("eccentricity of the origin", "eccentricity of the origin", "eccentricity of the origin"),
        Bytes = new Complexity("(2E - (n-1)) b", "(2E - (n-1)) b", "2E b"),
        Latency = "the farthest member by latency and serialisation; where everybody knows everybody the origin's last copy, or another's that overtakes one that is late or lost; on a graph with loss or dead members nothing is said: which paths are left hangs on the graph",
        Guarantee = "every live member that a path of live members and working links joins to the origin",
        FaultModel = "any crashes that leave the live members connected; loss as long as one copy of many arrives",
        ScaleLimit = "each member receives a copy on each of its links: n^2 copies where everybody knows everybody",
        Citation = new Citation("peleg2000", "section 3.2"),
    };

    public static Protocol Push { get; } = new()
    {
        Name = "push",
        Summary = "who has the payload sends it to f random peers, r times",
        Messages = new Complexity("f r", "f r n (1 - exp(-f r)) or so", "f r n"),
        Rounds = new Complexity("ceil(log_{f+1} n)", "log2 n + ln n + O(1) for f = 1 and r without end", "without end: some are never reached"),
        Bytes = new Complexity("f r b", "f r n b", "f r n b"),
        Latency = "rounds of the mean field, one usual latency and half the queue of a member's copies each; infinite where on average more than one member in a hundred runs is missed; on a graph nothing is said",
        Guarantee = "each member with a probability: infect and die (r = 1) reaches the share p = 1 - exp(-p f)",
        FaultModel = "crashes and loss act as a smaller f",
        ScaleLimit = "f copies a member, nearly all of them useless once most have it; needs a random sample of live peers",
        Citation = new Citation("demers1987", "section 1.3"),
    };

    public static Protocol Tree { get; } = new()
    {
        Name = "tree",
        Summary = "down a fixed tree, once along each edge",
        Messages = new Complexity("n - 1", "n - 1", "n - 1"),
        Rounds = new Complexity("height of the tree", "log_k n or so", "height of the tree (n - 1 for a line)"),
        Bytes = new Complexity("(n-1) b", "(n-1) b", "(n-1) b"),
        Latency = "the last member of the tree, and what the largest of the jitters down to its widest level adds",
        Guarantee = "every member, if nobody above it fails and nothing is lost",
        FaultModel = "none: one crash or loss cuts off everybody below",
        ScaleLimit = "k copies leave each inner member one after the other; somebody must keep the tree whole",
        Citation = new Citation("peleg2000", "section 3.2"),
    };

    public static Protocol EpidemicBroadcastTree { get; } = new()
    {
        Name = "epidemic-broadcast-tree",
        Summary = "down a minimum-latency tree; then digests to random peers, and pulls by those who miss the payload",
        Messages = new Complexity("n - 1 payloads", "n - 1 payloads and about p f n digests a period for (ln n + 4)/(0.75 p f) periods", "one payload a pull: 2(n-1) payloads or so"),
        Rounds = new Complexity("height of the tree", "height of the tree; with failures about ln(missing)/(p f) periods more", "(ln n + 4)/(0.75 p f) periods more"),
        Bytes = new Complexity("(n-1) b", "(n-1) b + 1.33 (ln n + 4) n c", "2(n-1) b + 1.33 (ln n + 4) n c"),
        Latency = "a recursion over depths and rounds: digests that overtake the tree slow the subtree below, which then asks hop by hop, and find whom copies missed; within 15 % of runs from 100 members on (clusters below different members are taken as independent), within 35 % for ten",
        Guarantee = "every live member, each missed with a probability of about e^-4/n while a quarter of the digests are lost or their senders dead",
        FaultModel = "crashes unknown to all, and loss; no acknowledgements, no failure detector",
        ScaleLimit = "ln n digests a member; the tail of the repair grows with 1/(p f)",
        Citation = new Citation("leitao2007", "sections 3.2 to 3.5"),
    };
}
