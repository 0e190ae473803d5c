using Headroom.Dissemination.Memory;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.AntiEntropy;

/// <summary>
/// The tables that members of one run share. Compared is a window of the latest broadcasts, and twice as many are remembered: who forgets what another
/// still offers would take it for new.
/// </summary>
public sealed class AntiEntropyTables(int members, int window)
{
    private const int AskedMax = 256;

    /// <summary>Broadcasts that are compared.</summary>
    internal int Window { get; } = window;

    internal BroadcastMemory<Nothing> Memory { get; } = new(members, checked(2 * window));

    /// <summary>What a member has asked for since it last began a comparison.</summary>
    internal BroadcastMemory<Nothing> Asked { get; } = new(members, Math.Min(AskedMax, window));

    internal HashTrees Trees { get; } = new(members, window);

    /// <summary>How many of a member's broadcasts are in its window.</summary>
    internal int InWindow(int member) => Math.Min(Window, Memory.Count(member));

    /// <summary>The slot of the i-th oldest broadcast of a member's window.</summary>
    internal int SlotAt(int member, int i) => Memory.SlotAt(member, Memory.Count(member) - InWindow(member) + i);

    internal void Take(long broadcast, int body, ref Turn turn)
    {
        int self = turn.Self;
        if (body == 0 || Memory.Find(self, broadcast) >= 0)
        {
            return;
        }

        if (InWindow(self) == Window)
        {
            Trees.Remove(self, Memory.Broadcast(SlotAt(self, 0)));
        }

        Memory.Take(broadcast, body, ref turn);
        Trees.Add(self, broadcast);
    }

    internal void Clear(int member)
    {
        Memory.Clear(member);
        Asked.Clear(member);
        Trees.Clear(member);
    }
}
