using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Watch.Torture;

/// <summary>What came of one seed of a store and its watchers.</summary>
public sealed record WatchTortureResult : TortureOutcome
{
    public required int Committed { get; init; }

    /// <summary>Changes that watchers were told of, one by one.</summary>
    public required long Told { get; init; }

    public required long Lists { get; init; }

    public required long Pages { get; init; }

    public required long Questions { get; init; }

    /// <summary>Questions for what was known no more.</summary>
    public required long Refusals { get; init; }

    /// <summary>Questions that were not answered since so much had been answered already.</summary>
    public required long Unanswered { get; init; }

    public required long Bookmarks { get; init; }

    public required int Restarts { get; init; }

    /// <summary>From the healing, or the last commit after it, to the moment at which the last watcher learned something.</summary>
    public required long ConvergedNs { get; init; }

    /// <summary>Within what is it to happen.</summary>
    public required long ConvergeNs { get; init; }

    internal double ConvergedShare => (double)ConvergedNs / ConvergeNs;
}
