using Headroom.Consensus.Groups;

namespace Headroom.Consensus.TrueTime;

/// <summary>What clients of transactions saw, judged wherever they ran.</summary>
public static class TransactionHistory
{
    /// <summary>Whether it is externally consistent, and in words how that was found; null where clients run no transactions, or one of them asked to commit and was not answered.</summary>
    public static (bool Holds, string Text)? Judge(IReadOnlyList<IGroupClient> clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        TransactionClient[] own = [.. clients.OfType<TransactionClient>()];
        if (own.Length == 0 || own.Length < clients.Count || Array.Exists(own, client => client.Unanswered(0) is not null))
        {
            return null;
        }

        TransactionRecord[] records = [.. own.SelectMany(client => client.Records)];
        return ExternalConsistency.Check(records) is { } violation
            ? (false, $"not externally consistent: {violation.Reason}")
            : (true, $"externally consistent: {records.Count(record => !record.IsSnapshot)} transactions and {records.Count(record => record.IsSnapshot)} snapshots in the order of their timestamps");
    }
}
