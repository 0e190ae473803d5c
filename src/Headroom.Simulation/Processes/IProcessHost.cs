namespace Headroom.Simulation.Processes;

/// <summary>Whatever can run a family of processes: the simulator, real sockets, a program on standard input and output.</summary>
public interface IProcessHost<out TResult>
{
    /// <summary>Runs the processes, made by the function for each member's number.</summary>
    TResult Run<TProcess>(Func<int, TProcess> create)
        where TProcess : struct, IProcess;
}
