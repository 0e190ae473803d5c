using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Commit;

/// <summary>Claims that compare the strategy they speak of with what is done now.</summary>
internal static class CommitClaims
{
    private const double Near = 0.02;
    private const int ParticipantsMax = 8;

    public static IReadOnlyList<ClaimTopic> Topics { get; } =
    [
        new("growth", Unit.Ratio("delays/participant"), "message delays that each further participant adds to a commit; O(participants) says one or more"),
        new("faster", Unit.Percent, "share of the time that half of the commits take which is saved against now"),
        new("saved", Unit.Percent, "share of the bytes of a transaction that is saved against now"),
        new("throughput", Unit.Ratio("times"), "transactions a second of clients that wait for each answer, over now's"),
    ];

    public static IReadOnlyList<JudgedClaim> Judge(CommitInput input, StudyContext context, IReadOnlyList<CommitRuns> runs)
    {
        var judged = new List<JudgedClaim>();
        foreach (Claim claim in context.Claims)
        {
            CommitStrategy? strategy = claim.Strategy is null ? input.Now : CommitStrategy.TryParse(claim.Strategy, out CommitStrategy? said, out _) ? said : null;
            CommitRuns? run = runs.FirstOrDefault(r => r.Strategy == strategy);
            (ClaimVerdict Verdict, string Why)? result = run is null ? null : claim.Metric switch
            {
                "growth" => Growth(claim, input, context, run),
                "faster" => Share(claim, runs[0], run, r => r.P50, "answers half of the commits within", value => new Quantity(value, Unit.Millisecond).ToHumanString()),
                "saved" => Share(claim, runs[0], run, r => r.Bytes, "sends", value => $"{new Quantity(value, Unit.Byte).ToHumanString()} a transaction"),
                "throughput" => Throughput(claim, context, runs[0], run),
                _ => null,
            };
            if (result is { } found)
            {
                judged.Add(new JudgedClaim(claim, found.Verdict, found.Why));
            }
        }

        return judged;
    }

    /// <summary>Counted, not sampled: delays of a commit over two participants, three, and so on.</summary>
    private static (ClaimVerdict Verdict, string Why) Growth(Claim claim, CommitInput input, StudyContext context, CommitRuns run)
    {
        int most = Math.Min(input.Options.Groups, ParticipantsMax);
        if (most < 3)
        {
            return (ClaimVerdict.Undecided, "growth is counted from two participants to three or more, which need as many groups");
        }

        int[] delays = [.. Enumerable.Range(2, most - 1).Select(participants => CommitRuns.RoundsOf(run.Strategy, input, context, participants))];
        double grown = (double)(delays[^1] - delays[0]) / (most - 2);
        string counted = $"{run.Strategy} takes {delays[0]} message delays over 2 participants and {delays[^1]} over {most}: requests, votes and outcomes go to all at once";
        double claimed = claim.Value.Base;
        return Math.Abs(claimed - grown) <= Near * Math.Abs(grown) ? (ClaimVerdict.Reproduced, counted)
            : (ClaimVerdict.Refuted, $"{counted}, so each further one adds {Print.Significant(grown, 3)}, not {Print.Significant(claimed, 3)}");
    }

    private static (ClaimVerdict Verdict, string Why) Share(Claim claim, CommitRuns now, CommitRuns run, Func<CommitRuns, Estimate> value, string does, Func<double, string> shown)
    {
        double claimed = claim.Value.Base;
        double ours = 1 - (value(run).Value / value(now).Value);
        string measured = $"{run.Strategy} {does} {shown(value(run).Value)}, {now.Strategy} {shown(value(now).Value)}: {Percent(ours)} less";
        // Only the choice of the timestamp and the wait are different.
        bool isSame = run.Strategy.Timestamps == TimestampSource.TrueTime && now.Strategy == run.Strategy with { Timestamps = TimestampSource.LocalClock };
        return isSame && claimed > 0 ? (ClaimVerdict.Refuted, $"{measured}. Both send the same messages one after the other, and the one waits besides: nothing can be saved by it")
            : Math.Abs(claimed - ours) <= Near * claimed ? (ClaimVerdict.Reproduced, measured)
            : ours > claimed ? (ClaimVerdict.Plausible, $"{measured}, more than claimed")
            : (ClaimVerdict.Undecided, $"{measured}; no bound excludes {Percent(claimed)}");
    }

    private static (ClaimVerdict Verdict, string Why) Throughput(Claim claim, StudyContext context, CommitRuns now, CommitRuns run)
    {
        double claimed = claim.Value.Base;
        double ours = run.PerSecondOfWaiting() / now.PerSecondOfWaiting();
        string measured = $"as many clients that wait for their answers finish {Print.Significant(ours, 3)} times as many by {run.Strategy} as by {now.Strategy}";
        return Math.Abs(claimed - ours) <= Near * claimed ? (ClaimVerdict.Reproduced, measured)
            : ours > claimed ? (ClaimVerdict.Plausible, $"{measured}, more than claimed")
            : Told(claim, context) is { } told && claimed > told.Times * (1 + Near) ? (ClaimVerdict.Refuted, $"{told.Words}, not {Print.Significant(claimed, 3)}; in runs {measured}")
            : (ClaimVerdict.Undecided, $"{measured}; no bound excludes {Print.Significant(claimed, 3)}");
    }

    /// <summary>What the teller's own figures of latency and aborts make: clients who wait finish 1/latency each (Little), and what is not aborted is done.</summary>
    private static (double Times, string Words)? Told(Claim claim, StudyContext context)
    {
        Claim[] own = [.. context.Claims.Where(other => other.By == claim.By)];
        if (Array.Find(own, other => other.Metric == "faster" && other.Strategy == claim.Strategy) is not { } faster || !(faster.Value.Base < 1))
        {
            return null;
        }

        double times = 1 / (1 - faster.Value.Base);
        string words = $"by the same teller's figures, {Percent(faster.Value.Base)} less time lets waiting clients finish {Print.Significant(times, 3)} times as many";
        Claim[] aborts = [.. own.Where(other => other.Metric == "aborts")];
        if (Array.Find(aborts, other => other.Strategy == claim.Strategy) is { } after && Array.Find(aborts, other => other.Strategy != claim.Strategy) is { } before && before.Value.Base < 1)
        {
            times *= (1 - after.Value.Base) / (1 - before.Value.Base);
            words += $", and with {Percent(after.Value.Base)} of aborts in place of {Percent(before.Value.Base)} {Print.Significant(times, 3)} times";
        }

        return (times, words);
    }

    private static string Percent(double share) => $"{Print.Significant(Math.Round(share * 100, 2), 3)} %";
}
