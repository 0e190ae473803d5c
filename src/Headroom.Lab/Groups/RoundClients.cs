using Headroom.Consensus.Agreements;
using Headroom.Consensus.Groups;

namespace Headroom.Lab.Groups;

/// <summary>The clients of one round: the last of a group that has those of earlier rounds too, so that every client has a number of its own.</summary>
internal sealed class RoundClients
{
    private readonly AgreementGroup _group;
    private readonly IGroupClient[] _clients;

    public RoundClients(GroupLabOptions options, int round, int operationsEach, bool onlyRead, long nowNs)
    {
        AgreementSetting setting = options.Setting((round + 1) * options.Clients, operationsEach, onlyRead);
        // The very first client writes every value before the others begin.
        long warmUpNs = nowNs + (round == 0 ? options.Strategy.SettlingNs(setting) : 0);
        long loadNs = warmUpNs + (round == 0 ? 100_000_000 + (options.Keys * 5_000_000L) : 1_000_000);
        _group = options.Strategy.Group(setting, warmUpNs, loadNs);
        int first = round * options.Clients;
        Members = [.. Enumerable.Range(_group.FirstClient + first, options.Clients).Select(member => (member, _group.Create(member)))];
        _clients = [.. _group.Clients.Skip(first).OfType<IGroupClient>()];
    }

    public IReadOnlyList<(int Member, GroupMember Process)> Members { get; }

    public IReadOnlyList<IGroupClient> All => _clients;

    /// <summary>Every operation was answered or given up.</summary>
    public bool AreDone
    {
        get
        {
            foreach (IGroupClient client in _clients)
            {
                if (!client.IsDone)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Operations that were answered or given up, except of clients with several under way.</summary>
    public long Ended
    {
        get
        {
            long ended = 0;
            foreach (IGroupClient client in _clients)
            {
                int made = client.CallCount;
                ended += made - (made > 0 && !client.Call(made - 1).IsAnswered ? 1 : 0);
            }

            return ended;
        }
    }

    /// <summary>The operations of the round's load.</summary>
    public IReadOnlyList<GroupCall> Calls => _group.Calls();
}
