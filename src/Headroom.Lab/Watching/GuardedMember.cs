using Headroom.Consensus.Groups;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Watching;

/// <summary>
/// A member among others that live on threads of their own: one of them takes a step at a time, so that what they count and check together needs no locks of its own. It loses a share of the messages that reach
/// it, and where it has lived before it begins as after a crash, without memory.
/// </summary>
internal sealed class GuardedMember(GroupMember member, Lock gate, double loss, bool hasLived) : IGroupRole
{
    public void On(in ProcessInput input, ref Turn turn)
    {
        if (input.Kind == InputKind.Message && loss > 0 && turn.Random.Bernoulli(loss))
        {
            return;
        }

        lock (gate)
        {
            if (input.Kind == InputKind.Start && hasLived)
            {
                member.On(new ProcessInput { Kind = InputKind.Recovery, Number = -1 }, ref turn);
            }
            else
            {
                member.On(input, ref turn);
            }
        }
    }
}
