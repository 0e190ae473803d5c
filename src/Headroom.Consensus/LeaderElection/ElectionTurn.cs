using Headroom.Simulation.Processes;

namespace Headroom.Consensus.LeaderElection;

/// <summary>Sending of election messages.</summary>
internal static class ElectionTurn
{
    public static int Compose(this ref Turn turn, ElectionMessage message)
    {
        Span<byte> room = stackalloc byte[ElectionMessage.Bytes];
        message.Write(room);
        return turn.Compose(room);
    }

    public static void Send(this ref Turn turn, int peer, ElectionMessage message) => turn.Send(peer, turn.Compose(message));
}
