using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Quorum;

/// <summary>A member of a group that keeps registers: a server or a client.</summary>
public readonly struct QuorumRegisters : IProcess
{
    public static int TimerCount => 2;

    public RegisterServer? Server { get; init; }

    public RegisterClient? Client { get; init; }

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (Server is not null)
        {
            Server.On(input, ref turn);
        }
        else
        {
            Client?.On(input, ref turn);
        }
    }
}
