using Headroom.Consensus.Protocols;
using Headroom.Kernel.Bounds;

namespace Headroom.Consensus.Watch;

/// <summary>What is known of telling watchers, as etcd does it [etcd].</summary>
public static class WatchRecord
{
    public static AgreementProtocol Record { get; } = new()
    {
        Name = "watch",
        Summary = "a store of n members tells w interested of W watchers of each update, in batches of k where they wait; a write is an update and its telling, a read how a watcher gets what it missed",
        Write = new AgreementCosts(
            ("(2(n-1) + w)/k: one entry and one message to each watcher for a batch; besides, a bookmark to each watcher that was told nothing for a period", "2(n-1) + w", "2(n-1) + W, where nobody asks who is interested; over relays one more for each relay on the way to any of them"),
            ("3: an entry takes 2, the telling 1", "3", "3, after the batch's wait; ceil(log_f w) tellings over relays"),
            ("w times the entropy of the change", "w(d + h), d bytes of the change against the state before", "W(s + h), s bytes of the whole object")),
        Read = new AgreementCosts(
            ("0: messages that follow one another need no question", "2: what was lost is asked for by revision", "2 for each page of a list, and 2 to be told that the revision is too old; each asked again after a wait that doubles"),
            ("0", "2, after the next message or bookmark shows that one was lost", "2 for each page, after a bookmark, on each tier of relays that lost their memory"),
            ("0", "d + 2h for each change that was missed", "s + h for each object of interest, whatever changed")),
        Space = "the objects that a store or relay tells of, their versions and all changes since the oldest revision that may be asked for; a revision for each group",
        Consistency = "each interested watcher learns each change once, in the order of revisions; who lost its memory, or asks for changes that are known no more, reads a list of one revision in place of all before it; watchers lag: what one shows may be old",
        FaultModel = "messages lost, doubled, late, out of order; watchers and relays that crash and forget; a store that crashes and keeps what is durable",
        ScaleLimit = "w messages an update whatever is grouped: a group is encoded once and sent to each; relays spread them over others' lines",
        Citation = new Citation("etcd", "watch: revisions, progress, resumption"),
    };
}
