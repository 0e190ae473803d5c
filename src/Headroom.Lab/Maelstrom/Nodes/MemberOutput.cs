using Headroom.Simulation.Processes;

namespace Headroom.Lab.Maelstrom.Nodes;

/// <summary>Takes the outputs of one member's step to its node.</summary>
internal struct MemberOutput(BroadcastNode node, Member member, int group, long nowNs) : IOutputSink
{
    /// <summary>Records that the step made durable; memory is all the durability that such a node has.</summary>
    public int Persisted { get; private set; }

    public readonly void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent) => node.SendToPeer(peer, group, head, body);

    public readonly void SetTimer(int timer, long delayNs) => member.SetTimer(timer, nowNs + delayNs);

    public readonly void CancelTimer(int timer) => member.CancelTimer(timer);

    public void Persist(ReadOnlySpan<byte> record) => Persisted++;

    public readonly void Deliver(int body) => node.Deliver(body);

    public readonly void Reply(long request, ReadOnlySpan<byte> head, int body)
    {
        // The client was answered when its request came in.
    }
}
