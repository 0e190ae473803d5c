using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>Nothing skips a link.</summary>
internal static class Hops
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.hops",
        Title = "Causal depth",
        Side = Side.Floor,
        Unit = Unit.Count("hops"),
        Parameters = [BoundParameter.Integer("eccentricity", "links on the shortest path from the origin to the farthest member that is to be reached")],
        Statement = "The payload crosses at least as many links to the farthest member as the shortest path has.",
        Formula = "max over v of d(origin, v)",
        Regime = "Longest path, in links, that the payload took to a member reached; messages travel only along the topology's links. It counts causal depth, not "
            + "rounds: rounds count waiting too.",
        AppearsIn = "flooding, store-and-forward relays, leaf-spine fabrics, satellite meshes",
        MeansForYou = "A sparser overlay saves copies and pays in depth: every extra hop is at least a link's latency.",
        Citation = new Citation("santoro2006", "section 2.1"),
        Evaluator = arguments => BoundValue.Of(arguments["eccentricity"]),
        Examples =
        [
            new(new BoundArguments { ["eccentricity"] = 3 }, 3, "[santoro2006] section 2.1.3: the time of a flood is at most the diameter, k for the hypercube H_k; the corner opposite is k links away"),
        ],
        Attained = new Attainment("a grid of 5 x 5 from a corner: breadth-first levels counted", new BoundArguments { ["eccentricity"] = 8 }, GridLevels),
    };

    private static double GridLevels()
    {
        var level = new int[25];
        Array.Fill(level, -1);
        level[0] = 0;
        bool grew = true;
        int last = 0;
        while (grew)
        {
            grew = false;
            for (int v = 0; v < 25; v++)
            {
                bool near = (v % 5 > 0 && level[v - 1] == last) || (v % 5 < 4 && level[v + 1] == last) || (v >= 5 && level[v - 5] == last) || (v < 20 && level[v + 5] == last);
                if (level[v] < 0 && near)
                {
                    level[v] = last + 1;
                    grew = true;
                }
            }

            last += grew ? 1 : 0;
        }

        return last;
    }
}
