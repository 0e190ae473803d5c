using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Trees;

/// <summary>Broadcast down a fixed tree: each member sends the payload once to each of its children. n - 1 copies; a dead member cuts off those below it.</summary>
public readonly struct TreeProcess(BroadcastTree tree, BroadcastMemory<Nothing> memory) : IProcess, IForeseeing
{
    private readonly BroadcastTree _tree = tree;
    private readonly BroadcastMemory<Nothing> _memory = memory;

    public static int TimerCount => 0;

    public void Foresee(int member) => _memory.Foresee(member);

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

        int slot = _memory.Take(broadcast, input.Body, ref turn);
        if (slot < 0)
        {
            return;
        }

        int message = _memory.ComposePayload(slot, ref turn);
        foreach (int child in _tree.Children(turn.Self))
        {
            turn.Send(child, message);
        }
    }
}
