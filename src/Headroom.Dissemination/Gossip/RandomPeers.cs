using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Gossip;

/// <summary>Uniformly random peers among a member's links, without repetition.</summary>
internal static class RandomPeers
{
    private const int RejectionMax = 64;
    private const int StackMax = 256;

    /// <summary>Sends the message to so many distinct random peers (to all when there are not more).</summary>
    public static void Send(Topology topology, int count, int message, ref Turn turn)
    {
        int degree = topology.Degree(turn.Self);
        if (count >= degree)
        {
            for (int i = 0; i < degree; i++)
            {
                turn.Send(topology.Peer(turn.Self, i), message);
            }

            return;
        }

        if (count > RejectionMax || count * 2 > degree)
        {
            SendShuffled(topology, degree, count, message, ref turn);
            return;
        }

        // Few among many: draw again on a repetition.
        Span<int> drawn = stackalloc int[count];
        ref RandomStream random = ref turn.Random;
        for (int k = 0; k < count;)
        {
            int i = random.Below(degree);
            if (!IsAmong(drawn[..k], i))
            {
                drawn[k++] = i;
                turn.Send(topology.Peer(turn.Self, i), message);
            }
        }
    }

    /// <summary>A plain loop: of the few there are, a vector's set-up would cost more than the search.</summary>
    private static bool IsAmong(ReadOnlySpan<int> drawn, int value)
    {
        foreach (int one in drawn)
        {
            if (one == value)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Draws distinct random peers into the span and gives how many (all of them when there are not more). The chain of [bentley1987]: the i-th draw is from
    /// the first degree - count + i + 1 links, and the last of these takes the place of a repetition.
    /// </summary>
    public static int Draw(Topology topology, scoped Span<int> peers, ref Turn turn)
    {
        int degree = topology.Degree(turn.Self);
        int count = Math.Min(peers.Length, degree);
        for (int i = 0; i < count; i++)
        {
            int last = degree - count + i;
            int drawn = count == degree ? i : turn.Random.Below(last + 1);
            peers[i] = peers[..i].Contains(drawn) ? last : drawn;
        }

        for (int i = 0; i < count; i++)
        {
            peers[i] = topology.Peer(turn.Self, peers[i]);
        }

        return count;
    }

    private static void SendShuffled(Topology topology, int degree, int count, int message, ref Turn turn)
    {
        Span<int> order = degree <= StackMax ? stackalloc int[StackMax] : new int[degree];
        for (int i = 0; i < degree; i++)
        {
            order[i] = i;
        }

        for (int k = 0; k < count; k++)
        {
            int j = k + turn.Random.Below(degree - k);
            (order[k], order[j]) = (order[j], order[k]);
            turn.Send(topology.Peer(turn.Self, order[k]), message);
        }
    }
}
