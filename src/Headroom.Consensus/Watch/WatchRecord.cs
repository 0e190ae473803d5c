using Headroom.Consensus.Protocols;
using Headroom.Kernel.Bounds;

namespace Headroom.Consensus.Watch;

/// <summary>What is known of telling watchers, as etcd does it [etcd].</summary>
public static class WatchRecord
{
    public static AgreementProtocol Record { get; } = new()
    {
        Name = "watch",
        Summary = "a store of n members tells w interested of W watchers of each update, in batches of k where they wait; a write is an update and its telling, a read a watcher's resumption",
        Write = new AgreementCosts(
            ("(2(n-1) + w)/k: one entry and one message to each watcher for a batch", "2(n-1) + w", "2(n-1) + W, where nobody asks who is interested; over relays one more for each relay on the way to any of them"),
            ("3: an entry takes 2, the telling 1", "3", "3, after the batch's wait; ceil(log_f w) tellings over relays"),
            ("w times the entropy of the change", "w(d + h), d bytes of the change against the state before", "W(s + h), s bytes of the whole object")),
        Read = new AgreementCosts(
            ("0: messages that follow one another need no question", "2: what was lost is asked for by revision", "2, again after a time-out; everything since the revision is sent"),
            ("0", "2", "2, after the next message shows that one was lost, or a time-out"),
            ("0", "d + 2h for each change that was missed", "d + 2h for each change since the revision")),
        Space = "the store's objects, and every change since the oldest revision that a watcher may resume from; a revision for each watcher",
        Consistency = "each interested watcher learns each change once, in the order of revisions; watchers lag: what one shows may be old",
        FaultModel = "messages to watchers lost, doubled, late; watchers and relays that come back ask from their revision; the store as its own replication",
        ScaleLimit = "w messages an update whatever is grouped: a group is encoded once and sent to each; relays spread them over others' lines",
        Citation = new Citation("etcd", "watch: revisions, progress, resumption"),
    };
}
