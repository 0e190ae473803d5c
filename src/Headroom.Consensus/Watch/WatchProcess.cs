using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Watch;

/// <summary>A member: the store, a relay or a watcher.</summary>
internal readonly struct WatchProcess : IProcess
{
    public static int TimerCount => 3;

    public WatchStore? Store { get; init; }

    public WatchReceiver? Receiver { get; init; }

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (Store is not null)
        {
            Store.On(input, ref turn);
        }
        else
        {
            Receiver!.On(input, ref turn);
        }
    }
}
