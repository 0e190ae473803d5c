using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Links;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Wire;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>Runs every strategy in time and in rounds, as often as a budget of events allows; what is too large to run is counted by closed form, and said so.</summary>
internal static class BroadcastTrials
{
    private static readonly TrialsPlan Named = new(1_500_000, 5, 30);
    private static readonly TrialsPlan Usual = new(250_000, 2, 30);
    private static readonly TrialsPlan Few = new(1, 2, 2);

    public static IReadOnlyList<BroadcastRuns> RunAll(BroadcastInput input, StudyContext context)
    {
        List<BroadcastStrategy> named = [input.Now, .. input.AreOthersUsual ? [] : input.Others];
        named.AddRange(BroadcastClaims.StrategiesOf(context.Claims, input.Setting).Except(named).ToArray());
        named.AddRange(BroadcastWrappers.Inner(named).Where(inner => BroadcastStudy.Problem(inner, input.Setting) is null).Except(named).ToArray());
        BroadcastStrategy[] strategies = [input.Now, .. input.Others, .. named.Except([input.Now, .. input.Others])];
        int done = 0;
        void Report(string doing) => context.Report((double)done / (2 * strategies.Length), doing);

        // The first run of each says which of those that nobody named are worth more than a few.
        var first = new List<(BroadcastStrategy Strategy, BroadcastOutcome Outcome)>();
        foreach (BroadcastStrategy strategy in strategies)
        {
            Report($"{strategy}, first run");
            if (!FloodArithmetic.Holds(strategy, input.Setting))
            {
                first.Add((strategy, strategy.Plan(input.Setting)(SeedOf(strategy, "time", context).At(0), context.Cancellation)));
            }

            done++;
        }

        var runs = new List<BroadcastRuns>();
        foreach (BroadcastStrategy strategy in strategies)
        {
            int i = first.FindIndex(f => f.Strategy == strategy);
            bool isFull = context.Effort > 1 || named.Contains(strategy) || i < 0;
            string? behind = isFull ? null : BroadcastScreening.FarBehind(input.Goal, first, i);
            runs.Add(Run(strategy, i < 0 ? null : first[i].Outcome, isFull ? Named : behind is null ? Usual : Few, input, context, Report) with { FarBehind = behind });
            done++;
        }

        return runs;
    }

    /// <summary>What the reader must know of how these figures came about.</summary>
    public static IReadOnlyList<string> Notes(BroadcastInput input, IReadOnlyList<BroadcastRuns> runs)
    {
        NetworkOptions network = input.Setting.Network;
        var notes = new List<string>
        {
            $"A message is {BroadcastHead.MessageBytes(0)} bytes of head and, in a copy, the payload; each packet of at most {network.Packets.PayloadBytesMax} bytes carries {network.Packets.HeaderBytes} bytes of UDP, IPv4 and Ethernet.",
            $"Every line sends and takes in one message at a time{(double.IsPositiveInfinity(network.BandwidthBps) ? " (infinitely fast here: no bandwidth was given)" : "")}; jitter adds to the minimum latency; {(network.InOrder ? "each link keeps the order of sending" : "links may reorder")}; {(network.Bursts is null ? "loss is independent" : $"loss comes in bursts, after Gilbert and Elliott ({LinkLoss.Words(network)})")} and nothing below the protocol repeats a lost message{LinkWords.Further(network)}.",
            $"Payloads count as unpredictable for the floor of bytes; {input.Setting.Members - input.Setting.Live} of {input.Setting.Members} members are dead from the start, others in every trial, and nobody knows.",
        };
        if (input.Population is { } population)
        {
            notes.Add(BroadcastPopulation.Note(population, input, runs));
        }

        if (input.PassedOver.Count > 0)
        {
            notes.Add($"Not tried (name them in 'try'): {string.Join("; ", input.PassedOver.GroupBy(p => p.Why, p => p.Strategy).Select(group => $"{string.Join(", ", group)}, for {group.Key}"))}.");
        }

        if (input.Setting.HasFaults)
        {
            notes.Add($"Faults strike since the request{FaultsChoice.WordsOf(input.Setting, input.Faults)}: nothing is run in rounds, for {BroadcastTheory.NoRounds(input.Now, input.Setting)}. Live is who lives at the end of a run, at least {input.Live} of {input.Setting.Members} members, and floors hold for these.");
        }

        notes.AddRange(BroadcastWrappers.Notes(input, runs));

        foreach (BroadcastRuns run in runs)
        {
            notes.Add(run.Arithmetic is not null
                ? $"{run.Strategy}: {input.Setting.Network.Topology.Links} links are too many to run; copies, messages, bytes and rounds by closed form, time and hops not given."
                : $"{run.Strategy}: {run.InTime.Count} runs in time, {(run.NoRounds is { } why && !input.Setting.HasFaults ? $"none in rounds ({why})" : $"{(run.RoundsCounted is null ? $"{run.InRounds.Count} in synchronous rounds" : "rounds counted")}")}{(run.FarBehind is { } behind ? $", few, for {behind}" : "")}; {run.Strategy.Protocol.Guarantee}.");
        }

        if (input.RatePerSecond is { } rate)
        {
            notes.Add(RateNote(rate, input, runs));
        }

        return notes;
    }

    private static string RateNote(double rate, BroadcastInput input, IReadOnlyList<BroadcastRuns> runs)
    {
        string faults = input.Setting.HasFaults ? ", without the faults but slow members" : "";
        string[] saturated = [.. runs.Where(run => run.Rate is { Sustains: false }).Select(run => $"{run.Strategy} {BroadcastRate.Missed(input, run.Rate)}")];
        string[] near = [.. runs.Where(run => run.Rate is { Sustains: true, Words.Length: > 0 }).Select(run => $"{run.Strategy} ({run.Rate!.Words})")];
        return $"At the stated {BroadcastWords.Number(rate)} broadcasts a second{faults}: "
            + (saturated.Length == 0 ? "members keep up with every strategy" : string.Join("; ", saturated))
            + (near.Length == 0 ? "" : $"; looked at more closely and borne: {string.Join(", ", near)}") + ".";
    }

    private static BroadcastRuns Run(BroadcastStrategy strategy, BroadcastOutcome? first, TrialsPlan plan, BroadcastInput input, StudyContext context, Action<string> report)
    {
        bool isCounted = first is null;
        string? noRounds = isCounted ? null : BroadcastTheory.NoRounds(strategy, input.Setting);
        FloodArithmetic? inRounds = isCounted || FloodArithmetic.CountsRounds(strategy, input.Setting) ? FloodArithmetic.Of((FloodingStrategy)strategy, input) : null;
        BroadcastOutcome[] inTime = isCounted ? [] : Trials(strategy, input.Setting, first, plan, context, report);
        var runs = new BroadcastRuns
        {
            Strategy = strategy,
            InTime = inTime,
            InRounds = noRounds is not null || inRounds is not null ? [] : Trials(strategy, input.Setting with { InRounds = true }, null, plan, context, report),
            Arithmetic = isCounted ? inRounds : null,
            RoundsCounted = inRounds,
            NoRounds = noRounds,
            Rate = BroadcastRate.Of(strategy, input, first, isCounted ? inRounds : null, SeedOf(strategy, "rate", context), context.Cancellation),
            ContactsPerRoundMax = strategy.ContactsPerRoundMax(input.Setting with { InRounds = true }),
            MissedGoals = [],
        };
        return runs with { MissedGoals = [.. BroadcastGoals.Missed(input.Goal, runs), .. new[] { BroadcastRate.Missed(input, runs.Rate) }.OfType<string>()] };
    }

    private static BroadcastOutcome[] Trials(BroadcastStrategy strategy, BroadcastSetting setting, BroadcastOutcome? known, TrialsPlan budget, StudyContext context, Action<string> report)
    {
        string mode = setting.InRounds ? "rounds" : "time";
        Seed seed = SeedOf(strategy, mode, context);
        report($"{strategy} in {mode}");
        BroadcastPlan plan = strategy.Plan(setting);
        BroadcastOutcome first = known ?? plan(seed.At(0), context.Cancellation);
        // The number of trials follows from the work of the first, not from the clock: it is part of the result.
        int trials = context.Effort * (int)Math.Clamp(budget.Events / Math.Max(1, first.Events), budget.Least, budget.Most);
        BroadcastOutcome[] others = Replications.Run(trials - 1, i =>
        {
            report($"{strategy} in {mode}, run {i + 2} of {trials}");
            return plan(seed.At(i + 1), context.Cancellation);
        }, context.Threads, context.Cancellation);
        return [first, .. others];
    }

    private static Seed SeedOf(BroadcastStrategy strategy, string mode, StudyContext context) => context.Seed.Named(strategy.Name).Named(mode);

    /// <summary>As many runs as these events pay for, within limits.</summary>
    private readonly record struct TrialsPlan(long Events, int Least, int Most);
}
