namespace Headroom.Consensus.TrueTime.Torture;

/// <summary>What groups' logs say of each transaction, and whether all say the same.</summary>
internal sealed class TransactionLedger : CommitWitness
{
    private readonly Dictionary<long, (int Group, CommitRecord Record)> _commits = [];
    private readonly Dictionary<(int Group, long Number), long> _outcomes = [];

    /// <summary>Commit records by number.</summary>
    public IReadOnlyDictionary<long, (int Group, CommitRecord Record)> Commits => _commits;

    /// <summary>Two records that say different things; null for none.</summary>
    public string? Contradiction { get; private set; }

    public override void Applied(int group, CommitRecord record)
    {
        if (record.Kind == CommitRecordKind.Commit)
        {
            if (!_commits.TryAdd(record.Number, (group, record)) && (_commits[record.Number].Group != group || _commits[record.Number].Record.TimestampNs != record.TimestampNs))
            {
                Contradiction ??= $"transaction {record.Number} committed at {_commits[record.Number].Record.TimestampNs} and at {record.TimestampNs}";
            }
        }
        else if (record.Kind == CommitRecordKind.Outcome && !_outcomes.TryAdd((group, record.Number), record.TimestampNs) && _outcomes[(group, record.Number)] != record.TimestampNs)
        {
            Contradiction ??= $"group {group} heard that transaction {record.Number} ended at {_outcomes[(group, record.Number)]} and at {record.TimestampNs}";
        }
    }

    /// <summary>A group that heard another outcome than its coordinator decided; null for none.</summary>
    public string? Divided()
    {
        foreach (((int group, long number), long timestampNs) in _outcomes)
        {
            long decidedNs = _commits.TryGetValue(number, out (int Group, CommitRecord Record) commit) ? commit.Record.TimestampNs : 0;
            if (decidedNs != timestampNs)
            {
                return $"transaction {number} {(decidedNs == 0 ? "has no commit record" : $"committed at {decidedNs}")}, and group {group} heard that it {(timestampNs == 0 ? "was aborted" : $"committed at {timestampNs}")}";
            }
        }

        return Contradiction;
    }
}
