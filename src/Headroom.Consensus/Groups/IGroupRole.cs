using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Groups;

/// <summary>
/// What a member of a group is: a server, a client, a registrar. Each is an object with a state of its own, since groups are small and roles differ; it keeps to the
/// rules of <see cref="IProcess"/> and numbers its timers below <see cref="GroupMember.TimersMax"/>.
/// </summary>
public interface IGroupRole
{
    void On(in ProcessInput input, ref Turn turn);
}
