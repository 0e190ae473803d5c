using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>How many can know after so many rounds.</summary>
internal static class Reach
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.reach",
        Title = "Share reached after r rounds at fan-out f",
        Side = Side.Ceiling,
        Unit = Unit.Percent,
        Parameters =
        [
            BoundParameter.Integer("members", "members in all", min: 1),
            BoundParameter.Integer("fanout", "most others that a member contacts in a round", min: 1),
            BoundParameter.Integer("rounds", "rounds", max: 10_000),
        ],
        Statement = "After r rounds at most (f+1)^r members have the payload.",
        Formula = "min(1, (f+1)^r / n)",
        Regime = "Share of n members, the origin among them, that has the payload after r synchronous rounds; every member contacts at most f others in "
            + "a round on its own account and answers pulls only of those it contacted; any knowledge, any faults.",
        AppearsIn = "claims of the form 99.99 % within three rounds",
        MeansForYou = "The share reached in few rounds falls with the number of members; only fan-out or rounds buy it back.",
        Citation = new Citation("barnoy1999", "section 1"),
        Evaluator = Evaluate,
        Examples =
        [
            new(new BoundArguments { ["members"] = 18, ["fanout"] = 2, ["rounds"] = 2 }, 50, "[barnoy1999] section 1: (k+1)-fold in a round: 9 of 18"),
            new(new BoundArguments { ["members"] = 9, ["fanout"] = 2, ["rounds"] = 2 }, 100, "[barnoy1999] section 1: 9 of 9"),
        ],
    };

    private static BoundValue Evaluate(BoundArguments arguments)
    {
        double members = arguments["members"];
        double reached = 1;
        for (int round = 0; round < arguments.Int("rounds") && reached < members; round++)
        {
            reached *= arguments["fanout"] + 1;
        }

        return BoundValue.Of(100 * Math.Min(1, reached / members));
    }
}
