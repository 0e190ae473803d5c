using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Ordering;

/// <summary>Puts processes of any kind in order.</summary>
public sealed class Ordered(int members, OrderOptions options) : IProcessWrapping
{
    public TResult Run<TProcess, TResult>(Func<int, TProcess> create, IProcessHost<TResult> host)
        where TProcess : struct, IProcess
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(host);
        var tables = new OrderTables(members, options);
        return host.Run(member => new OrderedProcess<TProcess>(create(member), options, tables));
    }
}
