namespace Headroom.Simulation.Processes;

/// <summary>Wraps the processes of any family in others of its own kind: see <see cref="ProcessFamily.Around"/>.</summary>
public interface IProcessWrapping
{
    /// <summary>Runs the wrapped processes on the host; the tables that they share are made here, once a run.</summary>
    TResult Run<TProcess, TResult>(Func<int, TProcess> create, IProcessHost<TResult> host)
        where TProcess : struct, IProcess;
}
