using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.AntiEntropy;

/// <summary>The parameters of <see cref="AntiEntropyProcess"/>.</summary>
public sealed record AntiEntropyOptions
{
    public required Topology Topology { get; init; }

    /// <summary>Time between two comparisons that a member begins.</summary>
    public required long PeriodNs { get; init; }

    /// <summary>Compare by a tree of hashes; else by the list of all numbers.</summary>
    public required bool UsesTree { get; init; }

    /// <summary>Numbers below a node that are listed rather than told apart by hashes: a node's hashes are as long as sixteen numbers.</summary>
    public int ListedMax { get; init; } = 16;

    /// <summary>Payloads sent in answer to one message; what is left waits for the next comparison.</summary>
    public int AnswersMax { get; init; } = 128;

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Topology);
        ArgumentOutOfRangeException.ThrowIfLessThan(PeriodNs, 1, nameof(PeriodNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(ListedMax, 1, nameof(ListedMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(AnswersMax, 1, nameof(AnswersMax));
    }
}
