using Headroom.Simulation.Processes;

namespace Headroom.Consensus.InSync;

/// <summary>A partition's process: a replica, the registrar or a producer, by the member's number.</summary>
public readonly struct InSyncReplication : IProcess
{
    public static int TimerCount => InSyncReplica.TimerCount;

    public InSyncReplica? Replica { get; init; }

    public PartitionRegistrar? Registrar { get; init; }

    public InSyncProducer? Producer { get; init; }

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (Replica is not null)
        {
            Replica.On(input, ref turn);
        }
        else if (Registrar is not null)
        {
            Registrar.On(input, ref turn);
        }
        else
        {
            Producer?.On(input, ref turn);
        }
    }
}
