namespace Headroom.Consensus.Raft.Messages;

/// <summary>Messages in order; its memory is used again.</summary>
internal sealed class MessageBuffer
{
    private RaftMessage[] _messages = new RaftMessage[16];

    public int Count { get; private set; }

    public ReadOnlySpan<RaftMessage> Span => _messages.AsSpan(0, Count);

    public void Add(in RaftMessage message) => Add() = message;

    /// <summary>An empty message at the end, to be filled in before the next is added.</summary>
    public ref RaftMessage Add()
    {
        if (Count == _messages.Length)
        {
            Array.Resize(ref _messages, 2 * Count);
        }

        ref RaftMessage added = ref _messages[Count++];
        added = default;
        return ref added;
    }

    public void Clear() => Count = 0;
}
