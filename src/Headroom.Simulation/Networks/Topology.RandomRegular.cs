using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Networks;

/// <summary>Random regular topologies of tens of millions of members, without a graph in between: eight bytes a link while they are made, four after.</summary>
public sealed partial class Topology
{
    private const int RepairsMax = 10_000;

    /// <summary>
    /// Every member has links with so many others, each both ways, all of one minimum latency: ends are paired at random, and a pair that joins a member with
    /// itself, or two members twice, changes ends with a random other pair until there is none (the graph is nearly uniform among all regular ones: about
    /// (degree^2 - 1) / 4 pairs are bad at first, however many members there are). Nothing sees to it that the topology is connected; from degree 3 on it is
    /// with a probability that approaches 1.
    /// </summary>
    /// <param name="members">At least 2 degree, and members times degree even and below 2^31.</param>
    /// <param name="degree">At least 1.</param>
    /// <param name="latencyNs">Of every link.</param>
    /// <param name="seed">Of the pairing.</param>
    /// <exception cref="InvalidOperationException">The pairs could not be repaired (a small, dense topology).</exception>
    public static Topology RandomRegular(int members, int degree, long latencyNs, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 2L * degree);
        ArgumentOutOfRangeException.ThrowIfNegative(latencyNs);
        long ends = (long)members * degree;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ends, Array.MaxLength, nameof(members));
        ArgumentOutOfRangeException.ThrowIfNotEqual(ends % 2, 0L, nameof(members));
        RandomStream random = seed.Named("random-regular").Stream();
        int[] mates = Pair((int)ends, ref random);
        Repair(mates, degree, ref random);
        var offsets = new int[members + 1];
        for (int end = 0; end < mates.Length; end++)
        {
            mates[end] /= degree;
        }

        for (int member = 0; member < members; member++)
        {
            offsets[member + 1] = offsets[member] + degree;
            mates.AsSpan(offsets[member], degree).Sort();
        }

        return new Topology(members, offsets, mates, [], latencyNs);
    }

    /// <summary>The mate of each end under a random perfect matching.</summary>
    private static int[] Pair(int ends, ref RandomStream random)
    {
        var order = new int[ends];
        for (int i = 0; i < ends; i++)
        {
            order[i] = i;
        }

        random.Shuffle(order.AsSpan());
        var mates = new int[ends];
        for (int i = 0; i < ends; i += 2)
        {
            mates[order[i]] = order[i + 1];
            mates[order[i + 1]] = order[i];
        }

        return mates;
    }

    private static void Repair(int[] mates, int degree, ref RandomStream random)
    {
        for (int end = 0; end < mates.Length; end++)
        {
            int repairs = 0;
            while (Clashes(mates, degree, end, mates[end] / degree, except: end))
            {
                if (++repairs > RepairsMax)
                {
                    throw new InvalidOperationException($"no simple {degree}-regular topology of {mates.Length / degree} members was found");
                }

                // (end, mate) and (other, its mate) become (end, other) and (mate, its mate), if that is better.
                int mate = mates[end];
                int other = random.Below(mates.Length);
                int otherMate = mates[other];
                if (other != end && other != mate
                    && !Clashes(mates, degree, end, other / degree, end) && !Clashes(mates, degree, other, end / degree, other)
                    && !Clashes(mates, degree, mate, otherMate / degree, mate) && !Clashes(mates, degree, otherMate, mate / degree, otherMate))
                {
                    (mates[end], mates[other]) = (other, end);
                    (mates[mate], mates[otherMate]) = (otherMate, mate);
                }
            }
        }
    }

    /// <summary>True when the end's member is the peer, or has a link with it by another end.</summary>
    private static bool Clashes(int[] mates, int degree, int end, int peer, int except)
    {
        int member = end / degree;
        if (member == peer)
        {
            return true;
        }

        for (int i = member * degree; i < (member + 1) * degree; i++)
        {
            if (i != except && mates[i] / degree == peer)
            {
                return true;
            }
        }

        return false;
    }
}
