using Headroom.Consensus.Groups;

namespace Headroom.Consensus.Agreements;

/// <summary>What one run under load gave. Counts are of the time from the first operation's moment to the end, and of all members; times count from the load's beginning.</summary>
public sealed record AgreementOutcome
{
    /// <summary>The measured operations that were made; moments count from the load's beginning.</summary>
    public required IReadOnlyList<GroupCall> Calls { get; init; }

    /// <summary>Reads that were due, and writes.</summary>
    public required (int Reads, int Writes) Due { get; init; }

    public required long Messages { get; init; }

    /// <summary>Bytes put on the wire, headers included.</summary>
    public required long WireBytes { get; init; }

    /// <summary>Bytes on the wire from the row's region to the column's.</summary>
    public required long[,] BytesBetween { get; init; }

    /// <summary>Bytes that the busiest server sends.</summary>
    public required long BusiestBytes { get; init; }

    /// <summary>From the load's beginning to the end of the counts.</summary>
    public required long DurationNs { get; init; }

    /// <summary>What the servers hold at the end, in their own terms.</summary>
    public IReadOnlyList<(string Name, string Unit, double Value)> Facts { get; init; } = [];

    /// <summary>Events of the whole run: the work it took.</summary>
    public required long Events { get; init; }

    public int Answered => Calls.Count(call => call.IsAnswered);

    public int Operations => Due.Reads + Due.Writes;

    public double MessagesPerOperation => (double)Messages / Operations;

    public double BytesPerOperation => (double)WireBytes / Operations;

    public double ShareAnswered => (double)Answered / Operations;

    /// <summary>Seconds from each operation's moment to its answer, ascending; at the end infinite ones, of those that were not answered and of those that their clients never came to.</summary>
    public double[] LatenciesSeconds(bool? isRead = null)
    {
        int due = isRead switch { true => Due.Reads, false => Due.Writes, _ => Operations };
        var seconds = new double[due];
        Array.Fill(seconds, double.PositiveInfinity);
        int answered = 0;
        foreach (GroupCall call in Calls)
        {
            if (call.IsAnswered && (isRead is null || call.IsRead == isRead))
            {
                seconds[answered++] = call.LatencyNs / 1e9;
            }
        }

        Array.Sort(seconds);
        return seconds;
    }

    /// <summary>
    /// The most answered operations of which no two were under way at the same time, reads and writes: nothing that one of them needs serves another. Those that end first are taken, as
    /// ever in scheduling intervals.
    /// </summary>
    public (int Reads, int Writes) Apart()
    {
        (int reads, int writes) = (0, 0);
        long lastNs = long.MinValue;
        foreach (GroupCall call in Calls.Where(call => call.IsAnswered).OrderBy(call => call.ReturnNs))
        {
            if (call.CallNs > lastNs)
            {
                lastNs = call.ReturnNs;
                reads += call.IsRead ? 1 : 0;
                writes += call.IsRead ? 0 : 1;
            }
        }

        return (reads, writes);
    }

    /// <summary>The longest time, from the load's beginning on, in which no operation was answered; to the end of the counts where some never is.</summary>
    public long SilenceNs()
    {
        (long lastNs, long longestNs) = (0, 0);
        foreach (long answeredNs in Calls.Where(call => call.IsAnswered).Select(call => call.ReturnNs).Order())
        {
            longestNs = Math.Max(longestNs, answeredNs - lastNs);
            lastNs = answeredNs;
        }

        return Answered < Operations ? Math.Max(longestNs, DurationNs - lastNs) : longestNs;
    }

    /// <summary>Share of the operations that were answered within so long of their moment.</summary>
    public double ShareWithin(long ns) => (double)Calls.Count(call => call.LatencyNs <= ns) / Operations;
}
