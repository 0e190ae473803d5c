using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Replication.Torture;

/// <summary>What came of one seed of a replicated store.</summary>
public sealed record StoreTortureResult : TortureOutcome
{
    public required int Operations { get; init; }

    public required int Answered { get; init; }

    /// <summary>Leaderships or configurations that began.</summary>
    public required int Leaders { get; init; }

    /// <summary>Servers that started, the first time too.</summary>
    public required int Starts { get; init; }

    /// <summary>States that servers saved themselves.</summary>
    public required int Saved { get; init; }

    /// <summary>States that servers were sent.</summary>
    public required int Copied { get; init; }

    /// <summary>Entries that some machine took.</summary>
    public required long Applied { get; init; }

    /// <summary>Every copy was lost by faults that the protocol does not claim to withstand: it must not answer any more, and need not.</summary>
    public required bool LostAllCopies { get; init; }
}
