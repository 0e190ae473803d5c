using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Wire;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Flooding;

/// <summary>
/// Flooding: who first gets the payload sends it on every link but the one it came from; with <em>echo</em> on that one too. On a connected
/// graph without faults 2E - (V - 1) copies, with echo 2E [peleg2000, section 3.2].
/// </summary>
public readonly struct FloodingProcess(Topology topology, BroadcastMemory<Nothing> memory, bool echo) : IProcess, IForeseeing
{
    private readonly Topology _topology = topology;
    private readonly BroadcastMemory<Nothing> _memory = memory;
    private readonly bool _echo = echo;

    public static int TimerCount => 0;

    public void Foresee(int member) => _memory.Foresee(member);

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (input.Kind is not (InputKind.Message or InputKind.Request))
        {
            return;
        }

        long broadcast = input.Number;
        int from = -1;
        if (input.Kind == InputKind.Message)
        {
            if (!BroadcastHead.TryRead(input.Head, out BroadcastHead head))
            {
                return;
            }

            broadcast = head.Broadcast;
            from = _echo ? -1 : input.Peer;
        }

        int slot = _memory.Take(broadcast, input.Body, ref turn);
        if (slot >= 0)
        {
            Forward(slot, from, ref turn);
        }
    }

    private void Forward(int slot, int except, ref Turn turn)
    {
        int message = _memory.ComposePayload(slot, ref turn);
        int degree = _topology.Degree(turn.Self);
        for (int i = 0; i < degree; i++)
        {
            int peer = _topology.Peer(turn.Self, i);
            if (peer != except)
            {
                turn.Send(peer, message);
            }
        }
    }
}
