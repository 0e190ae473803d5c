namespace Headroom.Consensus.Locks;

/// <summary>What a run of lock clients gave.</summary>
/// <param name="Grants">Of all clients, those that they wait for included.</param>
/// <param name="Messages">From the load's beginning to the end, of all members.</param>
/// <param name="WireBytes">Of these, with headers.</param>
/// <param name="BytesBetween">Of these from the row's region to the column's.</param>
public sealed record LockOutcome(IReadOnlyList<LockGrant> Grants, long Messages, long WireBytes, long[,] BytesBetween)
{
    /// <summary>Grants that began while another client still took the same lock for its own: must be 0.</summary>
    public int DoubleHolders
    {
        get
        {
            int doubles = 0;
            foreach (IGrouping<int, LockGrant> one in Grants.Where(grant => grant.GrantedNs != LockGrant.Never).GroupBy(grant => grant.Lock))
            {
                long latestEndNs = long.MinValue;
                foreach (LockGrant grant in one.OrderBy(grant => grant.GrantedNs))
                {
                    doubles += grant.GrantedNs < latestEndNs ? 1 : 0;
                    latestEndNs = Math.Max(latestEndNs, grant.EndNs);
                }
            }

            return doubles;
        }
    }

    /// <summary>Seconds from when a lock was wanted until its client knew that it had it, ascending; infinite for those that never did.</summary>
    public double[] AcquireSeconds() => Sorted(Grants.Select(grant => (grant.DueNs, grant.GrantedNs)));

    /// <summary>Seconds from when a lock was given back until its client knew that others may have it, ascending.</summary>
    public double[] ReleaseSeconds() => Sorted(Grants.Where(grant => grant.ReleasedNs != LockGrant.Never).Select(grant => (grant.EndNs, grant.ReleasedNs)));

    private static double[] Sorted(IEnumerable<(long From, long To)> times)
    {
        double[] seconds = [.. times.Select(time => time.To == LockGrant.Never ? double.PositiveInfinity : (time.To - time.From) / 1e9)];
        Array.Sort(seconds);
        return seconds;
    }
}
