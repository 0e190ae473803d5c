using Headroom.Consensus.Torture;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Watch.Torture;

/// <summary>What a seed draws: objects, who watches them, how they are told, how long changes are known; the network, the disk, and the faults.</summary>
internal sealed record WatchTortureSetting
{
    private const long SecondNs = 1_000_000_000;

    /// <summary>A message that others overtake is late by so many times the latency.</summary>
    private const int ReorderTimes = 20;

    public required WatchOptions Watch { get; init; }

    /// <summary>
    /// After the healing and the last commit every watcher holds what the store does within this: two seconds, and for each tier two bookmarks, the longest wait and those of four questions asked in vain, and twice the time of
    /// asking for all changes or objects, message by message; but ten seconds at the most.
    /// </summary>
    public required long ConvergeNs { get; init; }

    public required long LatencyNs { get; init; }

    public required Jitter Jitter { get; init; }

    public required double Loss { get; init; }

    public required double Duplication { get; init; }

    public required double Reordering { get; init; }

    public required long DurabilityNs { get; init; }

    public static WatchTortureSetting Draw(Seed seed, WatchTortureOptions options)
    {
        RandomStream random = seed.Named("setting").Stream();
        long latencyNs = 200_000L << random.Below(6);
        Jitter jitter = random.Bernoulli(0.7) ? new Jitter(JitterShape.Exponential, 100_000L << random.Below(8)) : Jitter.None;
        double reordering = random.Bernoulli(0.4) ? random.Below(200) / 1000.0 : 0;
        (WatchOptions watch, long workBytes) = Drawn(ref random, options, latencyNs);
        int tiers = new WatchTree(watch, new WatchCatalogue(watch)).Tiers;
        long roundNs = 2 * (latencyNs + jitter.MeanNs + (long)(reordering * ReorderTimes * latencyNs));
        long convergeNs = (2 * SecondNs) + (tiers * ((2 * watch.BookmarkNs!.Value) + (((3 * WatchOptions.WaitsMax / 2) + 15) * watch.AskNs) + (2 * roundNs * (1 + (workBytes / watch.MessageBytesMax)))));
        convergeNs = Math.Min(10 * SecondNs, convergeNs);
        // Where updates end early, nothing but a bookmark tells of what was lost.
        long healNs = options.Seconds * SecondNs / 2;
        long untilNs = random.Bernoulli(0.3) ? healNs - (long)random.Below((ulong)healNs / 4) : Math.Max(healNs, (options.Seconds * SecondNs) - convergeNs - SecondNs);
        double rateHz = options.Updates / (untilNs / 1e9) / watch.Kinds.Count;
        return new WatchTortureSetting
        {
            Watch = watch with { DurationNs = untilNs, Kinds = [.. watch.Kinds.Select(kind => kind with { RateHz = rateHz })] },
            ConvergeNs = convergeNs,
            LatencyNs = latencyNs,
            Jitter = jitter,
            Loss = random.Bernoulli(0.5) ? random.Below(200) / 1000.0 : 0,
            Duplication = random.Bernoulli(0.5) ? random.Below(200) / 1000.0 : 0,
            Reordering = reordering,
            DurabilityNs = 50_000L << random.Below(9),
        };
    }

    /// <summary>And the bytes of a whole list, or of all changes that may be asked for, whichever are more.</summary>
    private static (WatchOptions Watch, long WorkBytes) Drawn(ref RandomStream random, WatchTortureOptions options, long latencyNs)
    {
        int controllers = random.Below(Math.Min(3, options.Watchers));
        int nodes = options.Watchers - controllers;
        int topics = 1 + random.Below(6);
        double deletions = random.Bernoulli(0.7) ? random.Below(40) / 100.0 : 0;
        WatchKind own = new()
        {
            Name = "own",
            Objects = topics * (1 + random.Below(4)),
            Topics = topics,
            WatchersEach = 1 + random.Below(nodes),
            RateHz = 0,
            Fields = 2 + random.Below(4),
            FieldBytes = 8,
            Changed = 1 + random.Below(2),
            RandomBytes = 1 + random.Below(3),
            Deletions = deletions,
        };
        WatchKind shared = own with { Name = "shared", Objects = 3 + random.Below(6), Topics = 1, WatchersEach = nodes, AtOnce = random.Bernoulli(0.3) ? random.Below(30) : 0 };
        int? fanOut = random.Bernoulli(0.6) ? 2 + random.Below(4) : null;
        long bookmarkNs = 50_000_000L << random.Below(4);
        long? historyNs = random.Bernoulli(0.7) ? 500_000_000L << random.Below(4) : null;
        // At the least all whom a member tells can catch up from it within a second.
        int objectBytes = own.StateBytes + (3 * own.Fields) + 12;
        double share = Math.Min(1, 2.0 * (historyNs ?? long.MaxValue / 4) / (options.Seconds * SecondNs / 3));
        long workBytes = objectBytes * Math.Max(own.Objects + shared.Objects, shared.AtOnce + (long)(options.Updates * share));
        long answerBytes = Math.Max(300, (fanOut ?? options.Watchers) * workBytes * bookmarkNs / SecondNs) << random.Below(6);
        var drawn = new WatchOptions
        {
            Kinds = [own, shared],
            Nodes = nodes,
            Controllers = controllers,
            IsGrouped = random.Bernoulli(0.75),
            IsDelta = random.Bernoulli(0.7),
            BatchNs = random.Bernoulli(0.4) ? 5_000_000L << random.Below(5) : 0,
            RelayFanOut = fanOut,
            BookmarkNs = bookmarkNs,
            AskNs = (2 * latencyNs) + (5_000_000L << random.Below(3)),
            HistoryNs = historyNs,
            AnswerBytes = answerBytes,
            MessageBytesMax = random.Bernoulli(0.6) ? 100 << random.Below(4) : 12_000,
            IsDurable = true,
            DurationNs = 1,
            Mutant = options.Mutant,
        };
        // A mutant is sought where it could be found.
        return (options.Mutant switch
        {
            WatchMutant.StaleBase => drawn with { IsDelta = true },
            WatchMutant.SilentRelist or WatchMutant.AnswerUnready => drawn with { RelayFanOut = 2 },
            WatchMutant.AnswerAll => drawn with { AnswerBytes = 500, BookmarkNs = 400_000_000 },
            WatchMutant.ListOnGap => drawn with { HistoryNs = null },
            _ => drawn,
        }, workBytes);
    }

    /// <summary>All members are struck, and all are healed: whoever watches must have a way from the store.</summary>
    public static FaultPlan Faults(Seed seed, int members, long healNs) =>
        TortureFaults.Draw(seed.Named("faults"), members, healNs, ["churn"], [.. Enumerable.Range(0, members)]);

    public NetworkOptions Network(int members) => new()
    {
        Topology = Topology.Complete(members, LatencyNs),
        Jitter = Jitter,
        Loss = Loss,
        Duplication = Duplication,
        Reordering = Reordering,
        ReorderDelayNs = Reordering > 0 ? ReorderTimes * LatencyNs : 0,
    };

    public override string ToString() =>
        $"{Watch.Kinds[0].Topics} topics of {Watch.Kinds[0].Objects / Watch.Kinds[0].Topics} objects, {Watch.Kinds[0].WatchersEach} nodes each, {Watch.Kinds[1].Objects} objects for all, {Watch.Controllers} watch everything, "
        + $"deletions {Watch.Kinds[0].Deletions}, {(Watch.IsGrouped ? "by interest" : "to all")}, {(Watch.IsDelta ? "deltas" : "whole objects")}, batch {Watch.BatchNs / 1e6} ms, relays of {Watch.RelayFanOut?.ToString() ?? "none"}, "
        + $"bookmark {Watch.BookmarkNs / 1e6} ms, ask {Watch.AskNs / 1e6} ms, changes known {(Watch.HistoryNs is { } known ? $"{known / 1e6} ms" : "for good")}, answers {Watch.AnswerBytes} B, message {Watch.MessageBytesMax} B, "
        + $"within {ConvergeNs / 1e6} ms, latency {LatencyNs / 1e6} ms, jitter {Jitter}, loss {Loss}, duplication {Duplication}, reordering {Reordering}, disk {DurabilityNs / 1e6} ms";
}
