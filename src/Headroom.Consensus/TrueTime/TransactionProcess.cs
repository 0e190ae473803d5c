using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>A member: a replica, a client or the oracle.</summary>
internal readonly struct TransactionProcess : IProcess
{
    public static int TimerCount => 1;

    public TransactionServer? Server { get; init; }

    public TransactionClient? Client { get; init; }

    public TimestampOracle? Oracle { get; init; }

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
            Oracle!.On(input, ref turn);
        }
    }
}
