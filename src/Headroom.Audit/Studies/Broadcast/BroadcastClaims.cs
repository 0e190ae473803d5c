using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Wire;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>Claims that the general rule cannot judge: savings, failures survived, growth, and rounds of a strategy with its own fan-out.</summary>
internal static class BroadcastClaims
{
    private const double Near = 0.02;

    public static IReadOnlyList<ClaimTopic> Topics { get; } =
    [
        new("saved", Unit.Percent, "bytes saved against flooding the same links"),
        new("survives", Unit.Percent, "share of the members that may be dead while the goal's share is still delivered"),
        new("growth", Unit.Ratio("messages/(n log2 log2 n)"), "messages of a broadcast over n log2 log2 n, for claims of O(n log log n); said to stay bounded as n grows"),
        new("peak", Unit.PerSecond, "messages delivered a second at the peak: broadcasts times receivers"),
        new("similar", Unit.Percent, "bytes saved by sending similar messages once, for clusters of them (nothing here reads contents)"),
        new("pairs", Unit.Count("messages"), "messages if each of the population sent one to each other"),
    ];

    /// <summary>The strategies that claims speak of, so that they run too.</summary>
    public static IEnumerable<BroadcastStrategy> StrategiesOf(IReadOnlyList<Claim> claims, BroadcastSetting setting)
    {
        foreach (Claim claim in claims)
        {
            if (claim.Strategy is { } text && Parse(text) is { } strategy && BroadcastStudy.Problem(strategy, setting) is null)
            {
                yield return strategy;
            }
        }
    }

    public static IReadOnlyList<JudgedClaim> Judge(BroadcastInput input, StudyContext context, IReadOnlyList<BroadcastRuns> runs)
    {
        var judged = new List<JudgedClaim>();
        foreach (Claim claim in context.Claims)
        {
            BroadcastStrategy? strategy = claim.Strategy is null ? input.Now : Parse(claim.Strategy);
            BroadcastRuns? run = runs.FirstOrDefault(r => r.Strategy == strategy);
            (ClaimVerdict Verdict, string Why)? result = claim.Metric switch
            {
                "peak" => Peak(claim, input),
                "pairs" => Pairs(claim, input),
                _ when run is null => null,
                "rounds" => Rounds(claim, input, run),
                "saved" => Saved(claim, input, context, run, runs),
                "survives" => Survives(claim, input, context, run),
                "growth" => Growth(claim, input, context, run),
                _ => null,
            };
            if (result is { } found)
            {
                judged.Add(new JudgedClaim(claim, found.Verdict, found.Why));
            }
        }

        return judged;
    }

    /// <summary>A strategy is held to the floor of its own contacts; what that leaves goes to the general rule.</summary>
    private static (ClaimVerdict Verdict, string Why)? Rounds(Claim claim, BroadcastInput input, BroadcastRuns run)
    {
        if (!input.Setting.Network.Topology.IsComplete)
        {
            return null;
        }

        Limit limit = input.Limits(run.ContactsPerRoundMax).RoundsAt(run.ContactsPerRoundMax);
        double floor = limit.Value.Number!.Value;
        return claim.Value.Base < floor
            ? (ClaimVerdict.Refuted, $"{run.Strategy} contacts at most {run.ContactsPerRoundMax} others in a round: {BroadcastWords.Number(claim.Value.Base)} rounds reach at most "
                + $"{BroadcastWords.Number(Elementary.Pow(run.ContactsPerRoundMax + 1, Math.Floor(claim.Value.Base)))} of the {input.Needed} members that the goal needs; the floor is {BroadcastWords.Number(floor)} ({limit.Id})")
            : null;
    }

    private static (ClaimVerdict Verdict, string Why) Saved(Claim claim, BroadcastInput input, StudyContext context, BroadcastRuns run, IReadOnlyList<BroadcastRuns> runs)
    {
        double? flooding = FloodingBytes(input, context, runs);
        if (flooding is not { } floodBytes || new BroadcastEstimates(input, context, run).Bytes is not { } bytes)
        {
            return (ClaimVerdict.Undecided, "flooding was not among the strategies run on this topology");
        }

        double claimed = claim.Value.Base;
        double ours = 1 - (bytes.Value / floodBytes);
        double most = 1 - (input.Limits(run.ContactsPerRoundMax).BytesFloor / floodBytes);
        string measured = $"{run.Strategy} sends {Bytes(bytes.Value)} where flooding sends {Bytes(floodBytes)}, {Share(ours)} less; the floor of bytes would allow {Share(most)}";
        return claimed > most ? (ClaimVerdict.Refuted, $"{measured}, so {Share(claimed)} cannot be")
            : Math.Abs(claimed - ours) <= Near * claimed && ours <= claimed + (Near * (1 - claimed)) ? (ClaimVerdict.Reproduced, measured)
            : ours > claimed ? (ClaimVerdict.Plausible, $"{measured}: more than claimed. {Share(claimed)} would be the saving over flooding a graph of about {BroadcastWords.Number(1 + (1 / (1 - claimed)))} links a member")
            : (ClaimVerdict.Undecided, $"{measured}; no bound excludes {Share(claimed)}");
    }

    private static double? FloodingBytes(BroadcastInput input, StudyContext context, IReadOnlyList<BroadcastRuns> runs)
    {
        if (runs.FirstOrDefault(r => r.Strategy is FloodingStrategy { Echo: false }) is { } flooding)
        {
            return new BroadcastEstimates(input, context, flooding).Bytes!.Value;
        }

        NetworkOptions network = input.Setting.Network;
        return network.Topology.IsComplete
            ? (double)FloodCounts.OnComplete(input.Setting.Members, input.Live) * network.Packets.WireBytes(BroadcastHead.MessageBytes(input.Setting.PayloadBytes))
            : null;
    }

    private static (ClaimVerdict Verdict, string Why) Survives(Claim claim, BroadcastInput input, StudyContext context, BroadcastRuns run)
    {
        double failures = claim.Value.Base;
        if (!(failures >= 0 && failures < 1) || run.Arithmetic is not null)
        {
            return (ClaimVerdict.Undecided, "not run here");
        }

        IReadOnlyList<BroadcastOutcome> outcomes = run.InTime;
        if (failures != input.Setting.Failures)
        {
            BroadcastPlan plan = run.Strategy.Plan(input.Setting with { Failures = failures });
            Kernel.Randomness.Seed seed = context.Seed.Named(run.Strategy.Name).Named("survives");
            outcomes = [plan(seed.At(0), context.Cancellation), plan(seed.At(1), context.Cancellation)];
        }

        double delivered = outcomes.Average(outcome => outcome.ShareDelivered);
        string measured = $"with {Share(failures)} of the members dead from the start, {run.Strategy} delivers to {BroadcastWords.Percent(delivered)} of the live ones ({outcomes.Count} runs; goal {BroadcastWords.Percent(input.Goal.Delivered)})";
        return delivered >= input.Goal.Delivered ? (ClaimVerdict.Reproduced, measured) : (ClaimVerdict.Undecided, $"{measured}; no bound excludes it");
    }

    private static (ClaimVerdict Verdict, string Why) Growth(Claim claim, BroadcastInput input, StudyContext context, BroadcastRuns run)
    {
        if (!input.Setting.Network.Topology.IsUniform || run.Arithmetic is not null || input.Setting.Members < 1000 || input.Setting.HasFaults)
        {
            return (ClaimVerdict.Undecided, "growth is judged from 1,000 members on, where everybody reaches everybody alike, no faults are written and the strategy runs");
        }

        var ratios = new List<double>();
        var words = new List<string>();
        for (int members = input.Setting.Members / 100; members <= input.Setting.Members; members *= 10)
        {
            Topology topology = Topology.Complete(members, input.Setting.Network.Topology.LatencyNs(0, 0));
            BroadcastSetting setting = input.Setting with { Network = input.Setting.Network with { Topology = topology } };
            BroadcastOutcome outcome = members == input.Setting.Members || run.Strategy.Problem(setting) is not null
                ? run.InTime[0]
                : run.Strategy.Plan(setting)(context.Seed.Named("growth").At(members), context.Cancellation);
            double scale = outcome.Members * Elementary.Log2(Elementary.Log2(outcome.Members));
            ratios.Add(outcome.Messages / scale);
            words.Add($"n = {outcome.Members}: {BroadcastWords.Number(outcome.Messages / (double)outcome.Members)} messages a member, {BroadcastWords.Number(outcome.PayloadCopies / (double)outcome.Members)} of them payloads");
        }

        string measured = $"{string.Join("; ", words)}; over n log2 log2 n: {string.Join(", ", ratios.Select(BroadcastWords.Number))}";
        const string Theory = "a tree sends n - 1 payloads and nothing else, which is below n log log n; digests without end to random members grow as n ln n";
        bool isBounded = ratios.TrueForAll(ratio => ratio <= claim.Value.Base * (1 + Near));
        bool grows = ratios[^1] > ratios[0] * (1 + Near);
        return isBounded && !grows ? (ClaimVerdict.Plausible, $"{measured} ({Theory})")
            : (ClaimVerdict.Undecided, $"{measured}. {run.Strategy} does not reach it with all messages counted, and no bound excludes it: {Theory}");
    }

    /// <summary>No peak lies below the mean.</summary>
    private static (ClaimVerdict Verdict, string Why)? Peak(Claim claim, BroadcastInput input)
    {
        if (input.RatePerSecond is not { } mean)
        {
            return (ClaimVerdict.Undecided, "no 'rate' is stated to hold the peak against");
        }

        mean *= input.Population ?? input.Setting.Members;
        string stated = $"the stated rate averages {BroadcastWords.Number(mean)} deliveries a second";
        return claim.Value.Base < mean
            ? (ClaimVerdict.Refuted, $"{stated}, and no peak lies below the mean")
            : (ClaimVerdict.Plausible, $"{stated}: a peak of {BroadcastWords.Number(claim.Value.Base / mean)} times that is possible; nothing here tells how the load is spread");
    }

    /// <summary>n (n - 1), by exact arithmetic; n^2 is near enough.</summary>
    private static (ClaimVerdict Verdict, string Why) Pairs(Claim claim, BroadcastInput input)
    {
        double n = input.Population ?? input.Setting.Members;
        double pairs = n * (n - 1);
        string said = $"{BroadcastWords.Number(n)} receivers make n (n - 1) = {BroadcastWords.Number(pairs)} ordered pairs";
        return Math.Abs(claim.Value.Base - pairs) <= Near * pairs
            ? (ClaimVerdict.Reproduced, said)
            : (ClaimVerdict.Refuted, $"{said}, {BroadcastWords.Number(pairs / claim.Value.Base)} times the figure");
    }

    private static BroadcastStrategy? Parse(string text) => BroadcastRegistry.TryParse(text, out BroadcastStrategy? strategy, out _) ? strategy : null;

    private static string Share(double share) => BroadcastWords.Percent(share);

    private static string Bytes(double bytes) => new Quantity(bytes, Unit.Byte).ToHumanString();
}
