using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>How fast rounds can multiply those who know.</summary>
internal static class RoundsByFanout
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.rounds-by-fanout",
        Title = "Rounds to reach n members at fan-out f",
        Side = Side.Floor,
        Unit = Unit.Count("rounds"),
        Parameters =
        [
            BoundParameter.Integer("members", "members to have the payload, the origin among them", min: 1),
            BoundParameter.Integer("fanout", "most others that a member contacts in a round", min: 1),
        ],
        Statement = "If a member contacts at most f others in a round, those who have heard of the payload grow at most (f+1)-fold a round, so n members take at least log_{f+1} n rounds.",
        Formula = "ceil(log_{f+1} n)",
        Regime = "Synchronous rounds of one broadcast; every member contacts at most f others in a round on its own account, with the payload or a digest of it, and answers "
            + "pulls only of those it contacted (who answers pulls of strangers, as in pull or push-pull gossip, stands outside); any knowledge, any faults.",
        AppearsIn = "push gossip, trees with k children, rumour mongering",
        MeansForYou = "Three rounds at fan-out 5 reach 216 members, whatever is said of a hundred thousand.",
        Citation = new Citation("barnoy1999", "section 1"),
        Evaluator = arguments => BoundValue.Of(Rounds(arguments["members"], arguments["fanout"])),
        Examples =
        [
            new(new BoundArguments { ["members"] = 1_000_000, ["fanout"] = 1 }, 20, "[karp2000] by push alone those who know at most double in a round; log2 of a million is 19.9"),
            new(new BoundArguments { ["members"] = 9, ["fanout"] = 2 }, 2, "[barnoy1999] section 1: (k+1)-fold in a round, k = 2"),
            new(new BoundArguments { ["members"] = 10, ["fanout"] = 2 }, 3, "[barnoy1999] section 1: one member more than 3^2"),
        ],
        Attained = new Attainment("every member that knows sends to f new ones each round: 6^3 = 216 members in rounds counted one by one",
            new BoundArguments { ["members"] = 216, ["fanout"] = 5 }, Doubling),
    };

    /// <summary>The least r with (f+1)^r >= n, in whole numbers (n and f are exact in a double).</summary>
    internal static int Rounds(double members, double fanout)
    {
        int rounds = 0;
        for (double reached = 1; reached < members; reached *= fanout + 1)
        {
            rounds++;
        }

        return rounds;
    }

    private static double Doubling()
    {
        int knowing = 1;
        int rounds = 0;
        while (knowing < 216)
        {
            int sent = 0;
            for (int member = 0; member < knowing; member++)
            {
                sent += 5;
            }

            knowing += sent;
            rounds++;
        }

        return rounds;
    }
}
