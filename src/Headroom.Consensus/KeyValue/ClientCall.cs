namespace Headroom.Consensus.KeyValue;

/// <summary>One operation of a client, as it saw it. The answer's tokens lie in the client's list from <see cref="AnswerStart"/> on.</summary>
public readonly record struct ClientCall(KeyValueCommand Command, long CallNs, long ReturnNs, bool HasValue, int AnswerStart, int AnswerCount, int Attempts)
{
    /// <summary>The moment of an answer that never came.</summary>
    public const long Never = long.MaxValue;

    /// <summary>When it was to be made: no later than <see cref="CallNs"/>.</summary>
    public long DueNs { get; init; }

    public bool IsPending => ReturnNs == Never;
}
