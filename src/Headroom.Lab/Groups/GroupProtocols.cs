namespace Headroom.Lab.Groups;

/// <summary>Every way of agreeing that runs over sockets, by name. One line adds one.</summary>
public static class GroupProtocols
{
    /// <summary>Each has threads or a process of its own.</summary>
    public const int ServersMax = 15;

    public static IReadOnlyList<(string Name, string Title, Func<int, GroupWork, GroupProtocol> Make)> All { get; } =
    [
        ("raft", "a store replicated by Raft", (servers, work) => new RaftProtocol(servers, work)),
        ("abd", "registers over majorities, without a leader", (servers, work) => new RegisterProtocol(servers, work)),
    ];
}
