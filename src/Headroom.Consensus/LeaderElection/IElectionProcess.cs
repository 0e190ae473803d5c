using Headroom.Simulation.Processes;

namespace Headroom.Consensus.LeaderElection;

/// <summary>A process that takes part in an election.</summary>
public interface IElectionProcess : IProcess
{
    /// <summary>The identifier of whom the member takes for leader; -1 while it knows none.</summary>
    long Leader { get; }
}
