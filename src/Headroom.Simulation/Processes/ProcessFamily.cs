namespace Headroom.Simulation.Processes;

/// <summary>
/// The processes of one protocol, ready for any host. What runs share (a tree, a topology) is made once; what a run changes (the tables in
/// which its members keep their state) is made fresh by each <see cref="On"/>.
/// </summary>
public abstract class ProcessFamily
{
    private ProcessFamily()
    {
    }

    /// <summary>A family whose members share tables: the first function makes them, once a run; the second makes a member's process.</summary>
    public static ProcessFamily Of<TTables, TProcess>(Func<TTables> fresh, Func<TTables, int, TProcess> create)
        where TProcess : struct, IProcess
    {
        ArgumentNullException.ThrowIfNull(fresh);
        ArgumentNullException.ThrowIfNull(create);
        return new Family<TTables, TProcess>(fresh, create);
    }

    /// <summary>The processes of another family, each in one of a wrapping's own.</summary>
    public static ProcessFamily Around(ProcessFamily inner, IProcessWrapping wrapping)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(wrapping);
        return new WrappedFamily(inner, wrapping);
    }

    /// <summary>A fresh run on a host.</summary>
    public abstract TResult On<TResult>(IProcessHost<TResult> host);

    private sealed class WrappedFamily(ProcessFamily inner, IProcessWrapping wrapping) : ProcessFamily
    {
        public override TResult On<TResult>(IProcessHost<TResult> host)
        {
            ArgumentNullException.ThrowIfNull(host);
            return inner.On(new Wrapping<TResult>(wrapping, host));
        }
    }

    private sealed class Wrapping<TResult>(IProcessWrapping wrapping, IProcessHost<TResult> host) : IProcessHost<TResult>
    {
        public TResult Run<TProcess>(Func<int, TProcess> create)
            where TProcess : struct, IProcess => wrapping.Run(create, host);
    }

    private sealed class Family<TTables, TProcess>(Func<TTables> fresh, Func<TTables, int, TProcess> create) : ProcessFamily
        where TProcess : struct, IProcess
    {
        public override TResult On<TResult>(IProcessHost<TResult> host)
        {
            ArgumentNullException.ThrowIfNull(host);
            TTables tables = fresh();
            return host.Run(member => create(tables, member));
        }
    }
}
