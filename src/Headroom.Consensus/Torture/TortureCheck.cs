using Headroom.Consensus.Raft.Hosting;

namespace Headroom.Consensus.Torture;

/// <summary>Something that must hold in every run. It watches, and states the first time that it did not hold.</summary>
public abstract class TortureCheck : RaftWitness
{
    /// <summary>As the table and the report write it.</summary>
    public abstract string Name { get; }

    /// <summary>What must hold, in a sentence.</summary>
    public abstract string Statement { get; }

    /// <summary>The first time that it did not hold; null while it does.</summary>
    public Violation? Violation { get; private set; }

    /// <summary>The run is over.</summary>
    public virtual void Finish(TortureRun run)
    {
    }

    protected void Report(long nowNs, string what) => Violation ??= new Violation(Name, nowNs, what);
}
