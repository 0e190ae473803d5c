namespace Headroom.Consensus.Raft.Quorums;

/// <summary>Decisions that need a majority of each of two sets of voters, while membership changes from one to the other [ongaro2014, section 4.3].</summary>
public static class Joint
{
    public static long CommittedIndex<T>(ReadOnlySpan<int> incoming, ReadOnlySpan<int> outgoing, in T acknowledgements)
        where T : IAcknowledgements =>
        Math.Min(Majority.CommittedIndex(incoming, acknowledgements), Majority.CommittedIndex(outgoing, acknowledgements));

    /// <summary>Lost when either is, won when both are.</summary>
    public static VoteResult Count<T>(ReadOnlySpan<int> incoming, ReadOnlySpan<int> outgoing, in T ballots)
        where T : IBallots
    {
        VoteResult first = Majority.Count(incoming, ballots);
        VoteResult second = Majority.Count(outgoing, ballots);
        return first == second ? first : first == VoteResult.Lost || second == VoteResult.Lost ? VoteResult.Lost : VoteResult.Pending;
    }
}
