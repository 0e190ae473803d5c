using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Raft;

namespace Headroom.Consensus.Torture;

/// <summary>A run that is over, for the checks that look back on it.</summary>
public sealed record TortureRun
{
    public required IReadOnlyList<KeyValueClient> Clients { get; init; }

    /// <summary>The members of the healed core that take part.</summary>
    public required IReadOnlyList<RaftCore> Core { get; init; }

    public required long HealedAtNs { get; init; }

    public required long EndNs { get; init; }

    /// <summary>The run was ended because there was no end to its messages.</summary>
    public required bool WasCutOff { get; init; }

    /// <summary>The longest election timeout that a member draws.</summary>
    public required long ElectionTimeoutNsMax { get; init; }

    public required long ClientTimeoutNs { get; init; }
}
