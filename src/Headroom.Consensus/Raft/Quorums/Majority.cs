namespace Headroom.Consensus.Raft.Quorums;

/// <summary>Decisions by more than half of a set of voters [ongaro2014]. Of no voters at all everything is decided: a joint quorum's second half is often empty.</summary>
public static class Majority
{
    private const int StackVoters = 16;

    /// <summary>
    /// The highest index that a majority has: of n voters the (floor(n/2) + 1)-th highest. <see cref="long.MaxValue"/> of no voters.
    /// O(n log n), O(n^2) up to 16 voters; allocates above those only.
    /// </summary>
    public static long CommittedIndex<T>(ReadOnlySpan<int> voters, in T acknowledgements)
        where T : IAcknowledgements
    {
        if (voters.IsEmpty)
        {
            return long.MaxValue;
        }

        Span<long> indices = voters.Length <= StackVoters ? stackalloc long[StackVoters] : new long[voters.Length];
        indices = indices[..voters.Length];
        for (int i = 0; i < voters.Length; i++)
        {
            indices[i] = acknowledgements.TryGet(voters[i], out long index) ? index : 0;
        }

        if (indices.Length > StackVoters)
        {
            indices.Sort();
        }
        else
        {
            SortByInsertion(indices);
        }

        return indices[indices.Length - ((indices.Length / 2) + 1)];
    }

    /// <summary>Won with a majority of grants; lost when those still out cannot make one.</summary>
    public static VoteResult Count<T>(ReadOnlySpan<int> voters, in T ballots)
        where T : IBallots
    {
        if (voters.IsEmpty)
        {
            return VoteResult.Won;
        }

        int granted = 0;
        int missing = 0;
        foreach (int voter in voters)
        {
            if (!ballots.TryGet(voter, out bool grant))
            {
                missing++;
            }
            else if (grant)
            {
                granted++;
            }
        }

        int quorum = (voters.Length / 2) + 1;
        return granted >= quorum ? VoteResult.Won : granted + missing >= quorum ? VoteResult.Pending : VoteResult.Lost;
    }

    private static void SortByInsertion(Span<long> values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            long value = values[i];
            int at = i;
            for (; at > 0 && values[at - 1] > value; at--)
            {
                values[at] = values[at - 1];
            }

            values[at] = value;
        }
    }
}
