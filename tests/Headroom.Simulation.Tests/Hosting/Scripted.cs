using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Simulation.Tests.Hosting;

/// <summary>Runs what a test says each member does.</summary>
internal static class Scripted
{
    /// <summary>Requests are numbered from 0 in their order. Gives the log of all inputs but the start.</summary>
    public static List<string> Run(NetworkOptions network, RecorderProcess.Script script, IEnumerable<(long AtNs, int Member)> requests) =>
        Run(new SimulationOptions { Network = network, Seed = new Seed(1) }, script, requests, default(NoObserver), out _);

    public static List<string> Run<TObserver>(SimulationOptions options, RecorderProcess.Script script, IEnumerable<(long AtNs, int Member)> requests, TObserver observer, out TObserver observed)
        where TObserver : struct, IObserver
    {
        var log = new List<string>();
        var host = new SimulationHost<RecorderProcess, TObserver>(options, member => new RecorderProcess(member, log, script), observer);
        long number = 0;
        foreach ((long atNs, int member) in requests)
        {
            host.Request(atNs, member, number++);
        }

        host.Run();
        observed = host.Observer;
        return log;
    }
}
