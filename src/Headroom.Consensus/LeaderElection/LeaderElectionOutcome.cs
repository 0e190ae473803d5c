namespace Headroom.Consensus.LeaderElection;

/// <summary>What an election came to.</summary>
/// <param name="Leader">Identifier that all living members take for leader's; -1 when they differ or one knows none.</param>
/// <param name="Claimants">Living members that take themselves for leader.</param>
/// <param name="Messages">All copies sent, announcements among them.</param>
/// <param name="Announcements">Copies that say who leads.</param>
/// <param name="WireBytes">With headers.</param>
/// <param name="TimeNs">When the last message was taken in.</param>
/// <param name="TimeUnits">The same in latencies of one message.</param>
public sealed record LeaderElectionOutcome(long Leader, int Claimants, long Messages, long Announcements, long WireBytes, long TimeNs, double TimeUnits)
{
    /// <summary>Every living member takes the same one for leader, and that one alone takes itself for it.</summary>
    public bool EveryoneAgrees => Leader >= 0 && Claimants == 1;
}
