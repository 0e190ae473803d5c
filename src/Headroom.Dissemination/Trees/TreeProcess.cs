using Headroom.Dissemination.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Trees;

/// <summary>Broadcast down a fixed tree: each member sends the payload once to each of its children. n - 1 copies; a dead member cuts off those below it.</summary>
public struct TreeProcess(BroadcastTree tree) : IProcess
{
    private readonly BroadcastTree _tree = tree;
    private PayloadState _payload;

    public static int TimerCount => 0;

    public void On(in ProcessInput input, ref Turn turn)
    {
        long broadcast = input.Number;
        if (input.Kind == InputKind.Message && BroadcastHead.TryRead(input.Head, out BroadcastHead head))
        {
            broadcast = head.Broadcast;
        }
        else if (input.Kind != InputKind.Request)
        {
            return;
        }

        if (!_payload.Take(broadcast, input.Body, ref turn))
        {
            return;
        }

        int message = _payload.ComposePayload(ref turn);
        foreach (int child in _tree.Children(turn.Self))
        {
            turn.Send(child, message);
        }
    }
}
