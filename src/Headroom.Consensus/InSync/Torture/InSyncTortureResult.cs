using Headroom.Consensus.Torture;

namespace Headroom.Consensus.InSync.Torture;

/// <summary>What came of one seed of a partition.</summary>
public sealed record InSyncTortureResult : TortureOutcome
{
    /// <summary>Records that were acknowledged.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>Acknowledged records that the last leader's log lacks.</summary>
    public required int Lost { get; init; }

    /// <summary>Records that the last leader's log has more than once.</summary>
    public required int Repeated { get; init; }

    public required int UncleanElections { get; init; }

    /// <summary>For a moment each replica in sync had lost its memory since it came in: nothing is promised from then on.</summary>
    public required bool LostAllCopies { get; init; }

    /// <summary>Decisions of the registrar.</summary>
    public required long Decisions { get; init; }

    public required int Restarts { get; init; }
}
