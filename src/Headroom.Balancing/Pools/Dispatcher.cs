using Headroom.Balancing.Dispatch;

namespace Headroom.Balancing.Pools;

/// <summary>A dispatch policy by name: what it must know, and how it is run.</summary>
public sealed class Dispatcher
{
    private readonly Func<PoolExperiment, int, Action?, PoolDelay> _run;

    private Dispatcher(string name, string needs, Func<PoolExperiment, int, Action?, PoolDelay> run)
    {
        Name = name;
        Needs = needs;
        _run = run;
    }

    public string Name { get; }

    /// <summary>What the dispatcher must know of the servers.</summary>
    public string Needs { get; }

    public static Dispatcher Random { get; } =
        new("random", "needs to know nothing", (pool, servers, checkpoint) => pool.Run(default(RandomSplit), "random", false, servers, checkpoint));

    public static Dispatcher RoundRobin { get; } =
        new("round-robin", "needs one counter for all arrivals", (pool, servers, checkpoint) => pool.Run(default(RoundRobin), "round-robin", false, servers, checkpoint));

    public static Dispatcher ShortestQueue { get; } =
        new("shortest-queue", "needs the count of jobs at every server", (pool, servers, checkpoint) => pool.Run(default(ShortestQueue), "shortest-queue", true, servers, checkpoint));

    public static Dispatcher SharedQueue { get; } =
        new("shared-queue", "needs one queue from which idle servers take", (pool, servers, checkpoint) => pool.Run(default(SharedQueue), "shared-queue", true, servers, checkpoint));

    public static Dispatcher PowerOfChoices(int choices) =>
        new($"power-of-choices({choices})", $"needs the count of jobs at {choices} servers", (pool, servers, checkpoint) => pool.Run(new PowerOfChoices(choices), $"power-of-choices({choices})", false, servers, checkpoint));

    public PoolDelay Run(PoolExperiment experiment, int servers, Action? checkpoint = null) => _run(experiment, servers, checkpoint);

    public override string ToString() => Name;
}
