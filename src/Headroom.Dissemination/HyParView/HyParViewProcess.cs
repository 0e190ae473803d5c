using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.HyParView;

/// <summary>The membership by itself, without a broadcast over it.</summary>
public readonly struct HyParViewProcess(HyParViewMembership membership, int members) : IProcess
{
    private readonly HyParViewMembership _membership = membership;
    private readonly int _members = members;

    public static int TimerCount => HyParViewMembership.TimerCount;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                _membership.Start(ref turn);
                break;
            case InputKind.Recovery when input.Number < 0:
                _membership.Restart(ref turn);
                break;
            case InputKind.Request when input.Head.SequenceEqual(HyParViewMembership.LeaveRequest):
                _membership.Leave(ref turn);
                break;
            case InputKind.Timer:
                _membership.TimerFired((int)input.Number, ref turn);
                break;
            case InputKind.LinkDown:
                _membership.LinkDown(input.Peer, ref turn);
                break;
            case InputKind.LinkUp:
                _membership.LinkUp(input.Peer, ref turn);
                break;
            case InputKind.Message when HyParViewHead.TryRead(input.Head, _members, out HyParViewHead head):
                _membership.Receive(input.Peer, head, ref turn);
                break;
        }
    }
}
