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
    private const long EventsBudget = 1_500_000;
    private const int TrialsMin = 5;
    private const int TrialsMax = 30;

    public static IReadOnlyList<BroadcastRuns> RunAll(BroadcastInput input, StudyContext context)
    {
        List<BroadcastStrategy> strategies = [input.Now, .. input.Others];
        strategies.AddRange(BroadcastClaims.StrategiesOf(context.Claims, input.Setting).Except(strategies).ToArray());
        strategies.AddRange(BroadcastWrappers.Inner(strategies).Where(inner => BroadcastStudy.Problem(inner, input.Setting) is null).Except(strategies).ToArray());

        var runs = new List<BroadcastRuns>();
        for (int i = 0; i < strategies.Count; i++)
        {
            double share = (double)i / strategies.Count;
            runs.Add(Run(strategies[i], input, context, doing => context.Report(share, doing)));
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
                : $"{run.Strategy}: {run.InTime.Count} runs in time, {(run.NoRounds is { } why && !input.Setting.HasFaults ? $"none in rounds ({why})" : $"{run.InRounds.Count} in synchronous rounds")}; {run.Strategy.Protocol.Guarantee}.");
        }

        return notes;
    }

    private static BroadcastRuns Run(BroadcastStrategy strategy, BroadcastInput input, StudyContext context, Action<string> report)
    {
        bool isCounted = FloodArithmetic.Holds(strategy, input.Setting);
        string? noRounds = isCounted ? null : BroadcastTheory.NoRounds(strategy, input.Setting);
        var runs = new BroadcastRuns
        {
            Strategy = strategy,
            InTime = isCounted ? [] : Trials(strategy, input.Setting, context, report),
            InRounds = isCounted || noRounds is not null ? [] : Trials(strategy, input.Setting with { InRounds = true }, context, report),
            Arithmetic = isCounted ? FloodArithmetic.Of((FloodingStrategy)strategy, input) : null,
            NoRounds = noRounds,
            ContactsPerRoundMax = strategy.ContactsPerRoundMax(input.Setting with { InRounds = true }),
            MissedGoals = [],
        };
        return runs with { MissedGoals = BroadcastGoals.Missed(input.Goal, runs) };
    }

    private static BroadcastOutcome[] Trials(BroadcastStrategy strategy, BroadcastSetting setting, StudyContext context, Action<string> report)
    {
        string mode = setting.InRounds ? "rounds" : "time";
        Seed seed = context.Seed.Named(strategy.Name).Named(mode);
        report($"{strategy} in {mode}");
        BroadcastPlan plan = strategy.Plan(setting);
        BroadcastOutcome first = plan(seed.At(0), context.Cancellation);
        // The number of trials follows from the work of the first, not from the clock: it is part of the result.
        int trials = context.Effort * (int)Math.Clamp(EventsBudget / Math.Max(1, first.Events), TrialsMin, TrialsMax);
        BroadcastOutcome[] others = Replications.Run(trials - 1, i =>
        {
            report($"{strategy} in {mode}, run {i + 2} of {trials}");
            return plan(seed.At(i + 1), context.Cancellation);
        }, context.Threads, context.Cancellation);
        return [first, .. others];
    }
}
