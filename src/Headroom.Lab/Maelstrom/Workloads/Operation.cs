namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary>How an operation ended for its client.</summary>
internal enum OperationStatus
{
    Pending,
    Succeeded,

    /// <summary>It did not happen and never will, or only read.</summary>
    Failed,

    /// <summary>Nobody knows.</summary>
    Indefinite,
}

/// <summary>One operation of one client.</summary>
internal sealed class Operation
{
    public required string Function { get; init; }

    public required bool IsFinal { get; init; }

    /// <summary>Payload, delta or whatever the workload put there.</summary>
    public long Value { get; init; }

    public int Node { get; set; }

    /// <summary>Its place among all invocations and completions.</summary>
    public long Index { get; set; }

    public long InvokedNs { get; set; }

    public OperationStatus Status { get; set; }
}
