namespace Headroom.Consensus.TrueTime;

/// <summary>
/// External consistency [corbett2013, section 1]: transactions take effect in the order of their timestamps, and a transaction that begins after another was answered has the greater
/// one. Checked are (1) values: in the order of timestamps every transaction reads the last writer of each key, a snapshot at t all writers up to t; (2) real time: one that writes has a
/// timestamp above, a snapshot one not below, that of every writer which was answered, or seen by a snapshot that was answered, before it began. O(n log n + reads).
/// </summary>
public static class ExternalConsistency
{
    /// <summary>The first violation found, or null.</summary>
    public static ConsistencyViolation? Check(IReadOnlyList<TransactionRecord> transactions)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        return CheckValues(transactions) ?? CheckRealTime(transactions);
    }

    /// <summary>Pairs of neighbours in real time (each transaction with the highest timestamp answered before it began) that are the wrong way round.</summary>
    public static int CountReversed(IReadOnlyList<TransactionRecord> transactions)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        int count = 0;
        Sweep(transactions, (_, _) => count++);
        return count;
    }

    private static ConsistencyViolation? CheckValues(IReadOnlyList<TransactionRecord> transactions)
    {
        TransactionRecord[] order = [.. transactions.OrderBy(t => t.TimestampNs).ThenBy(t => t.IsSnapshot).ThenBy(t => t.Number)];
        var last = new Dictionary<int, (long Writer, long TimestampNs)>();
        foreach (TransactionRecord transaction in order)
        {
            for (int i = 0; i < transaction.Keys.Count; i++)
            {
                (long writer, long timestampNs) = last.GetValueOrDefault(transaction.Keys[i]);
                if (transaction.Writers[i] != writer)
                {
                    return new ConsistencyViolation(writer, transaction.Number, false,
                        $"transaction {transaction.Number} at {transaction.TimestampNs} read key {transaction.Keys[i]} as {transaction.Writers[i]} wrote it; {writer} wrote it last, at {timestampNs}");
                }

                if (!transaction.IsSnapshot)
                {
                    if (writer != 0 && timestampNs == transaction.TimestampNs)
                    {
                        return new ConsistencyViolation(writer, transaction.Number, false, $"{writer} and {transaction.Number} wrote key {transaction.Keys[i]} at one timestamp, {timestampNs}");
                    }

                    last[transaction.Keys[i]] = (transaction.Number, transaction.TimestampNs);
                }
            }
        }

        return null;
    }

    private static ConsistencyViolation? CheckRealTime(IReadOnlyList<TransactionRecord> transactions)
    {
        ConsistencyViolation? found = null;
        Sweep(transactions, (earlier, later) => found ??= new ConsistencyViolation(earlier.Number, later.Number, true,
            $"transaction {earlier.Number} was answered at {earlier.EndNs}, {later.Number} began at {later.BeginNs} and has the timestamp {later.TimestampNs}, "
            + $"though the first {(earlier.IsSnapshot ? "saw a writer later than that" : $"has {earlier.TimestampNs}")}"));
        return found;
    }

    private static void Sweep(IReadOnlyList<TransactionRecord> transactions, Action<TransactionRecord, TransactionRecord> reversed)
    {
        Dictionary<long, long> timestamps = transactions.Where(t => !t.IsSnapshot).ToDictionary(t => t.Number, t => t.TimestampNs);
        TransactionRecord[] byEnd = [.. transactions.OrderBy(t => t.EndNs)];
        TransactionRecord? highest = null;
        long highestNs = long.MinValue;
        int ended = 0;
        foreach (TransactionRecord transaction in transactions.OrderBy(t => t.BeginNs))
        {
            for (; byEnd[ended].EndNs < transaction.BeginNs; ended++)
            {
                TransactionRecord answered = byEnd[ended];
                long ns = answered.IsSnapshot ? answered.Writers.Max(writer => timestamps.GetValueOrDefault(writer, long.MinValue)) : answered.TimestampNs;
                if (ns > highestNs)
                {
                    (highest, highestNs) = (answered, ns);
                }
            }

            if (highest is not null && (transaction.IsSnapshot ? transaction.TimestampNs < highestNs : transaction.TimestampNs <= highestNs))
            {
                reversed(highest, transaction);
            }
        }
    }
}
