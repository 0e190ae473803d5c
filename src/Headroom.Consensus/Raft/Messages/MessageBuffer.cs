namespace Headroom.Consensus.Raft.Messages;

/// <summary>Messages in order; its memory is used again.</summary>
internal sealed class MessageBuffer
{
    private RaftMessage[] _messages = new RaftMessage[16];

    public int Count { get; private set; }

    public ReadOnlySpan<RaftMessage> Span => _messages.AsSpan(0, Count);

    public void Add(in RaftMessage message)
    {
        if (Count == _messages.Length)
        {
            Array.Resize(ref _messages, 2 * Count);
        }

        _messages[Count++] = message;
    }

    public void Clear() => Count = 0;
}
