namespace Headroom.Consensus.Histories;

/// <summary>What clients called and what they were answered; made by <see cref="HistoryBuilder"/>. Never changes.</summary>
public sealed class History
{
    private readonly Operation[] _operations;

    internal History(Operation[] operations, SequenceTable sequences) => (_operations, Sequences) = (operations, sequences);

    /// <summary>In the order of their calls. Operations that certainly did not take effect are not among them.</summary>
    public ReadOnlySpan<Operation> Operations => _operations;

    /// <summary>The texts and lists that values name.</summary>
    public SequenceTable Sequences { get; }

    public ValueForm Form { get; init; }

    public HistoryClock Clock { get; init; }

    /// <summary>What a store holds under a key that is not there: <see cref="Value.None"/>, or the empty text where the store does not tell the two apart.</summary>
    public long Absent { get; init; } = Value.None;

    /// <summary>How many operations were answered with the certainty that they did not take effect.</summary>
    public int FailedCount { get; init; }

    /// <summary>The keys as their source writes them, by number; empty where the number is the name.</summary>
    public IReadOnlyList<string> KeyNames { get; init; } = [];

    /// <summary>The line of its source on which each operation is called; empty where there is none.</summary>
    public IReadOnlyList<int> Lines { get; init; } = [];

    public string KeyName(int key) => key < KeyNames.Count ? KeyNames[key] : key.ToString();
}
