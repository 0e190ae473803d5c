namespace Headroom.Consensus.Raft.Membership;

/// <summary>The next configuration, or why there is none.</summary>
public readonly record struct ConfigurationChange
{
    private ConfigurationChange(Configuration? next, IdSet renewed, string? problem) => (Next, Renewed, Problem) = (next, renewed, problem);

    public Configuration? Next { get; }

    /// <summary>Members that went and came back in one change: what was known of their logs is not presumed.</summary>
    public IdSet Renewed { get; }

    public string? Problem { get; }

    internal static ConfigurationChange Of(Configuration next, IdSet renewed = default) => new(next, renewed, null);

    internal static ConfigurationChange Refused(string problem) => new(null, default, problem);
}
