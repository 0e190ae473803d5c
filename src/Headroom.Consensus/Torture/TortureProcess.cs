using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Torture;

/// <summary>A member of a tortured group: a server, a client, or the operator.</summary>
internal readonly struct TortureProcess : IProcess
{
    public static int TimerCount => 2;

    public RaftServer? Server { get; init; }

    public KeyValueClient? Client { get; init; }

    public GroupOperator? Operator { get; init; }

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (Server is not null)
        {
            Server.On(input, ref turn);
        }
        else if (Client is not null)
        {
            Client.On(input, ref turn);
        }
        else
        {
            Operator!.On(input, ref turn);
        }
    }
}
