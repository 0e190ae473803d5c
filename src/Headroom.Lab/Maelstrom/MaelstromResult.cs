using Headroom.Lab.Maelstrom.Workloads;

namespace Headroom.Lab.Maelstrom;

/// <summary>Operations of one kind: how many were invoked, and how they ended.</summary>
public sealed record OperationCount(string Function, long Invoked, long Succeeded, long Failed, long Indefinite);

/// <summary>Messages of one class: sent (whatever became of them) and received.</summary>
public sealed record MessageCount(long Sent, long Received);

/// <summary>How late the router was: from when a message was due to when it was handed to its node's pipe.</summary>
public sealed record RouterLateness(long Messages, double MedianMs, double P99Ms, double MaximumMs);

/// <summary>What a run gave. All numbers were measured on this machine.</summary>
public sealed record MaelstromResult
{
    public required MaelstromOptions Options { get; init; }

    /// <summary>Cut short by its user.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>From the first operation to the last answer.</summary>
    public required double Seconds { get; init; }

    /// <summary>By function, in order of name; final reads included.</summary>
    public required IReadOnlyList<OperationCount> Operations { get; init; }

    /// <summary>Messages with a client at one end, <c>init</c> and <c>topology</c> among them.</summary>
    public required MessageCount ClientMessages { get; init; }

    /// <summary>Messages with no client at either end: between nodes, and with services.</summary>
    public required MessageCount ServerMessages { get; init; }

    public required int PartitionsMade { get; init; }

    public required RouterLateness Lateness { get; init; }

    /// <summary>Findings about nodes, the first of each kind and node in words.</summary>
    public required IReadOnlyList<NodeFault> Faults { get; init; }

    /// <summary>Findings beyond those listed.</summary>
    public required long FurtherFaults { get; init; }

    public required WorkloadCheck Check { get; init; }

    /// <summary>How payloads spread; null for workloads without any.</summary>
    public SpreadMeasure? Spread { get; init; }

    public long OperationsInvoked => Operations.Sum(o => o.Invoked);

    public long OperationsSucceeded => Operations.Sum(o => o.Succeeded);

    /// <summary>Maelstrom's <c>msgs-per-op</c> between servers: <see cref="ServerMessages"/> sent over operations invoked, reads included. 0 without operations.</summary>
    public double ServerMessagesPerOperation => OperationsInvoked == 0 ? 0 : (double)ServerMessages.Sent / OperationsInvoked;

    /// <summary>Maelstrom's <c>msgs-per-op</c> over all messages.</summary>
    public double MessagesPerOperation => OperationsInvoked == 0 ? 0 : (double)(ServerMessages.Sent + ClientMessages.Sent) / OperationsInvoked;

    /// <summary>Share of operations that succeeded; 1 without operations.</summary>
    public double AvailableShare => OperationsInvoked == 0 ? 1 : (double)OperationsSucceeded / OperationsInvoked;

    public bool IsAvailable => Options.Availability is not { } wanted || AvailableShare >= wanted;

    /// <summary>No finding, a valid history, and enough answers.</summary>
    public bool Passed => Faults.Count == 0 && Check.IsValid && IsAvailable;
}
