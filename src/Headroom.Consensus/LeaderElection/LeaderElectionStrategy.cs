using Headroom.Simulation.Observation;

namespace Headroom.Consensus.LeaderElection;

/// <summary>A way of electing a leader, and what is known of it.</summary>
public sealed record LeaderElectionStrategy
{
    private readonly Func<LeaderElectionSetting, LinkLoadObserver?, LeaderElectionOutcome> _run;

    internal LeaderElectionStrategy(Func<LeaderElectionSetting, LinkLoadObserver?, LeaderElectionOutcome> run) => _run = run;

    public required string Name { get; init; }

    public required LeaderElectionRecord Record { get; init; }

    /// <summary>One election on the simulator until nothing is left to happen or the time allowed is over, a function of the setting.</summary>
    /// <param name="setting">Who is there.</param>
    /// <param name="load">Counts what each link carries, where it is given.</param>
    public LeaderElectionOutcome Run(LeaderElectionSetting setting, LinkLoadObserver? load = null)
    {
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        return _run(setting, load);
    }
}
