using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Wire;

/// <summary>What a member knows of the broadcast: its number and its body, once it has it. One broadcast at a time.</summary>
internal struct PayloadState
{
    private int _body;
    private long _broadcast;

    public readonly bool Has => _body != 0;

    /// <summary>Takes the payload in and delivers it; false when the member has it already.</summary>
    public bool Take(long broadcast, int body, ref Turn turn)
    {
        if (_body != 0 || body == 0)
        {
            return false;
        }

        (_body, _broadcast) = (body, broadcast);
        turn.Deliver(body);
        return true;
    }

    public readonly int ComposePayload(ref Turn turn) => Compose(BroadcastVerb.Payload, _broadcast, _body, ref turn);

    public readonly int ComposeIHave(ref Turn turn) => Compose(BroadcastVerb.IHave, _broadcast, 0, ref turn);

    public static int ComposePull(long broadcast, ref Turn turn) => Compose(BroadcastVerb.Pull, broadcast, 0, ref turn);

    private static int Compose(BroadcastVerb verb, long broadcast, int body, ref Turn turn)
    {
        Span<byte> head = stackalloc byte[BroadcastHead.Length];
        new BroadcastHead(verb, broadcast).Write(head);
        return turn.Compose(head, body);
    }
}
