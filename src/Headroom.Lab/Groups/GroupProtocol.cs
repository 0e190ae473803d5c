using Headroom.Consensus.Groups;

namespace Headroom.Lab.Groups;

/// <summary>A way of agreeing, as members of a host: servers with logs from number 0 on, then clients. The same processes run in the simulator and over sockets.</summary>
public abstract class GroupProtocol
{
    public abstract string Name { get; }

    public abstract int Servers { get; }

    /// <summary>Keys that clients ask for.</summary>
    public abstract int Keys { get; }

    /// <summary>So many servers may be down while the others go on.</summary>
    public abstract int CrashesMax { get; }

    /// <summary>The server as it is before it starts or recovers.</summary>
    public abstract GroupMember Server(int member);

    /// <summary>Clients of these numbers, with so many operations each, one after the other as fast as answers come.</summary>
    public abstract GroupClients Clients(int first, int count, int operations, bool onlyRead);

    /// <summary>Judges what all clients of a run saw.</summary>
    public abstract GroupVerdict Judge(IReadOnlyList<GroupClients> clients);
}
