using System.Runtime.CompilerServices;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>
/// Bytes of state a member, after one broadcast without loss or failures: the process itself and all that is reachable from it (tables that members
/// share are counted once), without the topology. Nothing of the simulator counts, and no payload.
/// </summary>
internal sealed class BroadcastMemorySize(BroadcastSetting setting, Seed seed, long settlingNs, long? watchNs, bool isRun, CancellationToken cancellation) : IProcessHost<double>
{
    public double Run<TProcess>(Func<int, TProcess> create)
        where TProcess : struct, IProcess
    {
        var size = new StateSize(typeof(Simulation.Networks.Topology), typeof(Graphs.DirectedGraph));
        if (!isRun)
        {
            for (int member = 0; member < setting.Members; member++)
            {
                size.AddFieldsOf(create(member));
            }

            return Unsafe.SizeOf<TProcess>() + ((double)size.Bytes / setting.Members);
        }

        var options = new SimulationOptions { Network = setting.EffectiveNetwork, Seed = seed, Cancellation = cancellation };
        var host = new SimulationHost<TProcess, NoObserver>(options, create, new NoObserver());
        host.Request(settlingNs, setting.Origin, 1, body: host.Bodies.AddBlank(setting.PayloadBytes));
        host.Run(watchNs is { } watched ? settlingNs + watched : long.MaxValue);
        for (int member = 0; member < setting.Members; member++)
        {
            size.AddFieldsOf(host.Process(member));
        }

        return Unsafe.SizeOf<TProcess>() + ((double)size.Bytes / setting.Members);
    }
}
