using Headroom.Consensus.Watch;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Watch;

/// <summary>Claims that the general rule cannot judge: growth, savings against now, what is true by construction, and windows.</summary>
internal static class WatchClaims
{
    private const double Near = 0.02;

    /// <summary>An efficiency near 1 says how many updates share an entry, and that is what is held against the run: 99.8 % is not nearly 99.9 %, but half of it.</summary>
    private const double NearEntry = 0.05;

    private static readonly int[] Counts = [64, 128, 256];

    public static IReadOnlyList<ClaimTopic> Topics { get; } =
    [
        new("growth", Unit.Ratio("messages/(n log2 n)"), "messages that tell n watchers, who watch everything, of n updates at once, over n log2 n; said to stay bounded as n grows"),
        new("fewer", Unit.Percent, "share of the messages that is saved against now"),
        new("smaller", Unit.Percent, "share of the bytes that is saved against all deliveries as whole objects"),
        new("batching", Unit.Percent, "1 - entries / updates: called efficiency, and true by construction"),
        new("requests", Unit.PerSecond, "requests a second that the store can serve"),
    ];

    public static IReadOnlyList<JudgedClaim> Judge(WatchInput input, StudyContext context, IReadOnlyList<WatchRuns> runs)
    {
        var judged = new List<JudgedClaim>();
        foreach (Claim claim in context.Claims)
        {
            WatchStrategy? strategy = claim.Strategy is null ? input.Now : WatchStrategy.TryParse(claim.Strategy, out WatchStrategy? said, out _) ? said : null;
            WatchRuns? run = runs.FirstOrDefault(r => r.Strategy == strategy);
            (ClaimVerdict Verdict, string Why)? result = claim.Metric switch
            {
                "requests" => (ClaimVerdict.Undecided, $"{Print.Significant(input.UpdatesPerSecond, 3)} updates a second are offered here, and what a store's machines can serve is not run"),
                "growth" when strategy is not null => Growth(claim, strategy, context),
                _ when run is null => null,
                "fewer" => Saved(claim, 1 - (run.Messages.Value / runs[0].Messages.Value),
                    $"{run.Strategy} sends {Number(run.Messages.Value)} messages a second, {runs[0].Strategy} {Number(runs[0].Messages.Value)}"),
                "smaller" => Saved(claim, 1 - (run.Ratio.Value / 100), $"{run.Strategy} sends {Number(run.Ratio.Value)} % of the bytes of whole objects, because of what an update changes here"),
                "batching" => Batching(claim, run),
                "p99" => Window(claim, input, run),
                _ => null,
            };
            if (result is { } found)
            {
                judged.Add(new JudgedClaim(claim, found.Verdict, found.Why));
            }
        }

        return judged;
    }

    /// <summary>Counted: n objects, n watchers of all of them, n updates in one moment.</summary>
    private static (ClaimVerdict Verdict, string Why) Growth(Claim claim, WatchStrategy strategy, StudyContext context)
    {
        var ratios = new List<double>();
        var words = new List<string>();
        foreach (int n in Counts)
        {
            context.Report(0.95, $"{strategy} among {n}");
            var kind = new WatchKind { Name = "all", Objects = n, Topics = 1, WatchersEach = n, RateHz = 0, AtOnce = n, Fields = 4, FieldBytes = 16, Changed = 1, RandomBytes = 2 };
            long messages = WatchFanOut.Run(strategy.In(new WatchOptions { Kinds = [kind], Nodes = n, DurationNs = 1_000_000 }), context.Seed.Named("growth").At(n)).Meter.Messages;
            ratios.Add(messages / (n * Elementary.Log2(n)));
            words.Add($"{messages} for n = {n}");
        }

        string counted = $"{strategy} sends {string.Join(", ", words)}: {string.Join(", ", ratios.Select(Number))} times n log2 n";
        bool isBounded = ratios.TrueForAll(ratio => ratio <= claim.Value.Base * (1 + Near)) && ratios[^1] <= ratios[0] * (1 + Near);
        return isBounded ? (ClaimVerdict.Plausible, $"{counted}. It is the batch that does it: a message tells of many changes")
            : (ClaimVerdict.Refuted, $"{counted}. Each of n watchers must be told of each of n changes: n^2 messages, unless one tells of several. A tree has depth log n and sends more in all");
    }

    private static (ClaimVerdict Verdict, string Why) Saved(Claim claim, double ours, string measured)
    {
        double claimed = claim.Value.Base;
        return Math.Abs(claimed - ours) <= Near * claimed ? (ClaimVerdict.Reproduced, measured)
            : ours > claimed ? (ClaimVerdict.Plausible, $"{measured}: {Percent(ours)} less, more than claimed")
            : (ClaimVerdict.Undecided, $"{measured}: {Percent(ours)} less; no bound excludes {Percent(claimed)}");
    }

    private static (ClaimVerdict Verdict, string Why) Batching(Claim claim, WatchRuns run)
    {
        double each = Math.Max(1, run.Results.Sum(result => result.Updates)) / Math.Max(1, run.Results.Sum(result => (double)result.Meter.StoreEntries));
        double claimed = 1 / Math.Max(1e-9, 1 - claim.Value.Base);
        string words = $"{run.Strategy} makes one entry of {Number(each)} updates: 1 - 1/{Number(each)} = {Percent(1 - (1 / each))}; the claim is {Number(claimed)} updates an entry. "
            + $"It is true by construction for any batch and says nothing of what watchers take in; of that they must learn {Number(run.Efficiency.Value)} %";
        return Math.Abs(claimed - each) <= NearEntry * claimed ? (ClaimVerdict.Reproduced, words)
            : claimed < each ? (ClaimVerdict.Plausible, words) : (ClaimVerdict.Undecided, words);
    }

    /// <summary>
    /// A batch waits W from its first update, others come at rate r: of 1 + rW updates, 1 + r(W - x) wait longer than x. Where these are more than one in a hundred, P99 is no x.
    /// </summary>
    private static (ClaimVerdict Verdict, string Why)? Window(Claim claim, WatchInput input, WatchRuns run)
    {
        double window = run.Strategy.BatchNs / 1e9;
        double claimed = claim.Value.Base;
        double rate = input.Options.Kinds.Sum(kind => kind.RateHz);
        if (claimed >= window || input.Options.Kinds.Any(kind => kind.AtOnce > 0) || rate * window > input.Options.BatchMax / 2.0)
        {
            return null;
        }

        double later = (1 + (rate * (window - claimed))) / (1 + (rate * window));
        return later > 0.01
            ? (ClaimVerdict.Refuted, $"a batch waits {Time(window)} from its first update and {Number(rate)} updates come a second, so {Percent(later)} of them wait longer than {Time(claimed)} for their batch alone; {run.Strategy} gives {Time(run.P99.Value / 1000)} here")
            : null;
    }

    private static string Percent(double share) => $"{Print.Significant(Math.Round(100 * share, 2), 4)} %";

    private static string Number(double value) => Print.Significant(value, 3);

    private static string Time(double seconds) => new Quantity(seconds, Unit.Second).ToHumanString();
}
