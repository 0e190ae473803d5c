namespace Headroom.Consensus.Quorum;

/// <summary>Faults put in on purpose, one at a time: each must be caught. Nothing outside tests and the proof of the torture sets one.</summary>
internal enum RegisterMutant
{
    None,

    /// <summary>A read answers what it found without storing it at a quorum.</summary>
    NoWriteBack,

    /// <summary>Quorums that may miss each other are taken (r + w = n).</summary>
    SmallQuorums,

    /// <summary>A server says that it holds a value before it is durable.</summary>
    AnswerBeforeDurable,

    /// <summary>A server takes what comes, be it older than what it holds.</summary>
    StoreWithoutCompare,

    /// <summary>A writer numbers its writes by itself, without asking a quorum.</summary>
    WriteWithoutQuery,
}
