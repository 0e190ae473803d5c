namespace Headroom.Cli.Commands;

/// <summary>What a torture's runs are unless the user says otherwise.</summary>
/// <param name="Seeds">How many runs.</param>
/// <param name="Members">Servers.</param>
/// <param name="MembersMin">Least number of servers.</param>
/// <param name="Seconds">Simulated seconds of a run.</param>
/// <param name="Operations">Of all clients in a run.</param>
/// <param name="Healed">When faults end, in words.</param>
internal sealed record TortureSizes(int Seeds, int Members, int MembersMin, int Seconds, int Operations, string Healed)
{
    /// <summary>What the members are that are counted.</summary>
    public string MembersAre { get; init; } = "servers";
}
