using Headroom.Consensus.Groups;
using Headroom.Consensus.Histories;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Torture;

namespace Headroom.Lab.Groups;

/// <summary>A store replicated by Raft: reads are confirmed by the leader's quorum, all else is committed.</summary>
public sealed class RaftProtocol : GroupProtocol
{
    private readonly GroupWork _work;
    private readonly RaftGroup _group;

    public RaftProtocol(int servers, GroupWork work, long tickNs = 50_000_000)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.Validate();
        Servers = servers;
        _work = work;
        _group = new RaftGroup
        {
            // An election timeout of half a second to a second: the disk's and the machine's stalls are no deaths.
            Options = new RaftOptions { ElectionTicks = 10, HeartbeatTicks = 2, SendsCommitAtOnce = false },
            Founding = new Configuration { Voters = IdSet.Of(Enumerable.Range(1, servers)) },
            Machine = () => new KeyValueMachine(),
            TickNs = tickNs,
        };
        _group.Validate();
    }

    public override string Name => "raft";

    public override int Servers { get; }

    public override int Keys => _work.Keys;

    public override int CrashesMax => (Servers - 1) / 2;

    public override GroupMember Server(int member) => new(new RaftServer(_group, member));

    public override GroupClients Clients(int first, int count, int operations, bool onlyRead)
    {
        int commands = onlyRead ? 0 : 100 - _work.ReadsPercent;
        var options = new KeyValueClientOptions
        {
            Servers = Servers,
            Operations = operations,
            Keys = _work.Keys,
            PeriodNs = 0,
            TimeoutNs = _work.TimeoutNs,
            GetsPercent = 100 - commands,
            // Appends make values longer, puts short again.
            PutsPercent = commands - (commands / 5 * 2),
            AppendsPercent = commands / 5,
        };
        return new StoreClients([.. Enumerable.Range(first, count).Select(member => new KeyValueClient(options, member))]);
    }

    public override GroupVerdict Judge(IReadOnlyList<GroupClients> clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        KeyValueClient[] all = [.. clients.SelectMany(some => ((StoreClients)some).Of)];
        (LinearizabilityResult result, History history) = new HistoryJudge().Judge(all);
        return Verdict(result, history.Operations.Length);
    }

    internal static GroupVerdict Verdict(LinearizabilityResult result, int operations) => result.Verdict switch
    {
        LinearizabilityVerdict.Linearizable => new GroupVerdict(true, $"the clients' history of {operations} operations is linearizable"),
        LinearizabilityVerdict.NotLinearizable => new GroupVerdict(false, $"the clients' history of {operations} operations is not linearizable: {result.Failure!.Smallest.Count} of them have no order that a single copy could have lived through"),
        _ => new GroupVerdict(false, $"the clients' history of {operations} operations was not decided within the checker's budget"),
    };

    private sealed class StoreClients(KeyValueClient[] clients) : GroupClients
    {
        public IReadOnlyList<KeyValueClient> Of => clients;

        public override IReadOnlyList<GroupMember> Members { get; } = [.. clients.Select(client => new GroupMember(client))];

        public override bool AreDone => clients.All(client => client.IsDone);

        public override long Ended => clients.Sum(client => (long)client.Calls.Count - (client.Calls.Count > 0 && client.Calls[^1].IsPending ? 1 : 0));

        public override IEnumerable<GroupCall> Calls => clients.SelectMany(client => client.Calls).Where(call => !call.IsPending)
            .Select(call => new GroupCall(call.CallNs, call.ReturnNs, call.Command.Verb != KeyValueVerb.Get));
    }
}
