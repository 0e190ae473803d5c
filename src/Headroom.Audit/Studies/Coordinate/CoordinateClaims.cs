using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Claims that the general rule cannot judge: what elections are said to need, and round trips of a lock.</summary>
internal static class CoordinateClaims
{
    private const double DelaysPerRoundTrip = 2;

    public static IReadOnlyList<ClaimTopic> Topics { get; } =
    [
        new("needed", Unit.Count("messages"), "messages that every election among these members is said to need"),
        new("round trips", Unit.One, "round trips, between places equally far apart, until a client has a free lock"),
    ];

    public static IReadOnlyList<JudgedClaim> Judge(CoordinateInput input, StudyContext context, IReadOnlyList<ElectionRuns> elections, IReadOnlyList<LockRuns> locks)
    {
        var judged = new List<JudgedClaim>();
        foreach (Claim claim in context.Claims)
        {
            (ClaimVerdict Verdict, string Why)? result = claim.Metric switch
            {
                "needed" => Needed(claim, input, elections),
                "round trips" => RoundTrips(claim, input, locks),
                _ => null,
            };
            if (result is { } found)
            {
                judged.Add(new JudgedClaim(claim, found.Verdict, found.Why));
            }
        }

        return judged;
    }

    /// <summary>One election that went well with fewer refutes it.</summary>
    private static (ClaimVerdict Verdict, string Why) Needed(Claim claim, CoordinateInput input, IReadOnlyList<ElectionRuns> elections)
    {
        ElectionRuns? cheapest = elections.Where(run => run.Agreed.Value >= 100).MinBy(run => run.Messages.Value);
        if (cheapest is null)
        {
            return (ClaimVerdict.Undecided, "no way tried elected one leader every time");
        }

        string links = input.Links.Shape switch { LinkShape.All => "where all reach all", LinkShape.Ring => "on this ring", _ => "over these links" };
        string words = $"{cheapest.Way} elects {links} with {CoordinateWords.Number(cheapest.Messages.Value)} messages on average and {cheapest.MessagesMin} at best";
        string scope = "; Omega(n log n) is for rings, for the worst run, and counts orders: its constant is 1/4 (consensus.ring-election)";
        return cheapest.MessagesMin < claim.Value.Base ? (ClaimVerdict.Refuted, words + scope) : (ClaimVerdict.Undecided, words + scope);
    }

    private static (ClaimVerdict Verdict, string Why)? RoundTrips(Claim claim, CoordinateInput input, IReadOnlyList<LockRuns> locks)
    {
        LockRuns? run = claim.Strategy is null ? (locks.Count > 0 ? locks[0] : null) : locks.FirstOrDefault(r => r.Strategy.Name == claim.Strategy);
        if (run is null || input.Locking is not { } locking)
        {
            return null;
        }

        double claimed = claim.Value.Base;
        double ours = run.Rounds / DelaysPerRoundTrip;
        double least = LockFindings.Limits(locking).Rounds(isRead: false).Value.Number!.Value / DelaysPerRoundTrip;
        string words = $"{run.Strategy} takes {CoordinateWords.Number(ours)} round trips: the client's way to the leader and back, and the leader's to a majority and back; a client beside its leader sees only the second, and nobody fewer than {CoordinateWords.Number(least)}";
        return (claimed < least ? ClaimVerdict.Refuted : Math.Abs(claimed - ours) < 1e-6 ? ClaimVerdict.Reproduced : claimed > ours ? ClaimVerdict.Plausible : ClaimVerdict.Undecided, words);
    }
}
