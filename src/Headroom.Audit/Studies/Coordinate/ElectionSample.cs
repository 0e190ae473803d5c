using Headroom.Simulation.Observation;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>One crash of a leader and what came of it; times from the crash, infinite where no leader was agreed on.</summary>
/// <param name="Agreed">All who live take the same one for leader, and it alone takes itself for it.</param>
/// <param name="NoticedSeconds">When the first member took the leader for dead, or asked for votes.</param>
/// <param name="KnownSeconds">When all knew the next one.</param>
/// <param name="Messages">Of the election.</param>
/// <param name="Bytes">Of these, with headers.</param>
/// <param name="Between">Of these from the row's region to the column's.</param>
public sealed record ElectionSample(bool Agreed, double NoticedSeconds, double KnownSeconds, long Messages, long Bytes, double[,] Between)
{
    internal static double[,] ByRegion(LinkLoadObserver load, CoordinateLinks links, IReadOnlyList<int> members)
    {
        var between = new double[links.Regions.Count, links.Regions.Count];
        foreach (LinkLoad link in load.Top(load.LinkCount))
        {
            between[links.RegionOf[members[link.From]], links.RegionOf[members[link.To]]] += link.WireBytes;
        }

        return between;
    }
}
