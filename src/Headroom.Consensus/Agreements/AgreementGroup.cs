using Headroom.Consensus.Groups;

namespace Headroom.Consensus.Agreements;

/// <summary>The members of one run: servers from 0 on, then registrars, then clients. A member that is started again gets a new role.</summary>
public sealed class AgreementGroup(AgreementSetting setting, int registrars, Func<int, IGroupRole> server, Func<int, IGroupClient> client)
{
    private readonly IGroupClient?[] _clients = new IGroupClient?[setting.Clients];

    /// <summary>What the servers hold, in their own terms: names, units and values, asked at the end of a run.</summary>
    public Func<IReadOnlyList<(string Name, string Unit, double Value)>>? Facts { get; init; }

    public int FirstClient { get; } = setting.Servers + registrars;

    public int Members { get; } = setting.Servers + registrars + setting.Clients;

    /// <summary>The clients that were made so far, each at its number among them; null where none was.</summary>
    public IReadOnlyList<IGroupClient?> Clients => _clients;

    /// <summary>Whether every client has made all its operations, and each was answered or given up.</summary>
    public bool IsDone => Array.TrueForAll(_clients, c => c is { IsDone: true });

    /// <summary>The role of a member; of servers and registrars by the first function, of clients, numbered from 0 there, by the second.</summary>
    public GroupMember Create(int member) => new(member < FirstClient ? server(member) : _clients[member - FirstClient] = client(member - FirstClient));

    /// <summary>All operations of the load, in the clients' order. The first client's warm-ups, however late they are, do not belong to it.</summary>
    public IReadOnlyList<GroupCall> Calls()
    {
        var calls = new List<GroupCall>();
        for (int client = 0; client < _clients.Length; client++)
        {
            for (int i = setting.WarmUpsOf(client); i < (_clients[client]?.CallCount ?? 0); i++)
            {
                calls.Add(_clients[client]!.Call(i));
            }
        }

        return calls;
    }
}
