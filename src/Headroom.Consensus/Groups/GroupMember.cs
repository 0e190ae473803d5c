using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Groups;

/// <summary>A member of a group, whatever its role: the process that hosts run.</summary>
public readonly struct GroupMember(IGroupRole role) : IProcess
{
    /// <summary>Timers of the role that has most of them.</summary>
    public const int TimersMax = 6;

    private readonly IGroupRole _role = role;

    static int IProcess.TimerCount => TimersMax;

    public void On(in ProcessInput input, ref Turn turn) => _role.On(input, ref turn);
}
