using Headroom.Simulation.Observation.SpaceTime;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>The same broadcast, recorded for a space-time diagram whose zero is the moment of the request.</summary>
internal sealed class RecordedBroadcast(SimulatedBroadcast broadcast, long settlingNs) : IProcessHost<SpaceTimeLog>
{
    public SpaceTimeLog Run<TProcess>(Func<int, TProcess> create)
        where TProcess : struct, IProcess =>
        broadcast.Simulate(create, () => new SpaceTimeRecorder(settlingNs), out _).Observer.Log;
}
