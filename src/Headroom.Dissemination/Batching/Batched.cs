using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Batching;

/// <summary>Lets the messages of processes of any kind share packets.</summary>
public sealed class Batched(int members, long waitNs) : IProcessWrapping
{
    public TResult Run<TProcess, TResult>(Func<int, TProcess> create, IProcessHost<TResult> host)
        where TProcess : struct, IProcess
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(host);
        var tables = new BatchTables(members);
        return host.Run(member => new BatchingProcess<TProcess>(create(member), waitNs, tables));
    }
}
