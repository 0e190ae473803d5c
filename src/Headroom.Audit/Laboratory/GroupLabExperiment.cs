using Headroom.Consensus.Agreements;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Lab.Groups;
using Headroom.Lab.Storage;

namespace Headroom.Audit.Laboratory;

/// <summary>Lets a group agree over sockets, with its logs on a disk, and puts beside it what the same processes send in the simulator, and what that disk does alone.</summary>
public static class GroupLabExperiment
{
    /// <summary>Operations of each client in a simulated round: more would change no count.</summary>
    private const int SimulatedEach = 500;

    private static readonly (string Metric, double Share)[] Percentiles = [("latency, median", 0.5), ("latency, 99 %", 0.99), ("latency, 99.9 %", 0.999), ("latency, longest", 1)];

    /// <summary>Runs it; <paramref name="execute"/> does over sockets.</summary>
    public static LabResult Run(GroupLabOptions options, string command, Func<Action<double, string>, CancellationToken, GroupLabRun> execute, Action<double, string> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execute);
        ArgumentNullException.ThrowIfNull(report);
        report(0, "in the simulator");
        Seed[] seeds = [.. Enumerable.Range(0, options.Rounds).Select(round => options.Seed.Named("simulated").At(round))];
        AgreementSetting setting = options.Setting(options.Clients, Math.Min(SimulatedEach, options.OperationsEach));
        AgreementOutcome[] simulated = [.. seeds.Select(seed => SimulatedAgreement.Run(options.Strategy, setting, seed, cancellation))];
        GroupLabRun run = execute(report, cancellation);
        return new LabResult
        {
            Kind = "group",
            Protocol = options.Strategy.Name,
            Transport = options.Transport,
            Setting = Setting(options),
            Seed = options.Seed,
            Command = command,
            Rows = Rows(options, run, simulated),
            Trials = run.Rounds.Count,
            Run = ("round", "rounds"),
            Notes = [.. Notes(options, run)],
            Check = run.Verdict,
            WasInterrupted = run.WasInterrupted,
        };
    }

    private static LabRow[] Rows(GroupLabOptions options, GroupLabRun run, AgreementOutcome[] simulated)
    {
        Provenance ofSockets = Provenance.Executed($"{options.Strategy.Name} over {options.Transport.ToString().ToLowerInvariant()} on this machine, {run.Rounds.Count} rounds");
        var ofSimulator = Provenance.Simulated($"{options.Strategy.Name} on the simulator", options.Seed.Value, simulated.Length);
        List<(string Metric, string Unit, Func<GroupRound, double> Value, Func<AgreementOutcome, double>? Simulated)> metrics =
        [
            ("messages", "an operation", round => (double)round.Sent.Messages / round.Calls.Count, one => one.MessagesPerOperation),
            ("bytes", "B", round => (double)round.Sent.Bytes / round.Calls.Count, one => one.BytesPerOperation),
            ("operations", "a second", round => round.Calls.Count / round.Seconds, null),
            ("committed commands", "a second", round => round.CommandsPerSecond, null),
        ];
        if (options.Folder is not null)
        {
            metrics.Add(("fsyncs of all logs", "a round", round => round.Logs.Flushes, null));
            if (run.Rounds.All(round => round.Logs.Flushes > 0))
            {
                metrics.Add(("fsync of a log", "s", round => round.Logs.Took.TotalSeconds / round.Logs.Flushes, null));
            }

            metrics.Add(("fsync, one loop", "s", round => round.Alone.Took.TotalSeconds / round.Alone.Flushes, null));
            metrics.Add(($"fsync, {options.Servers} loops", "s", round => round.Together.Took.TotalSeconds / round.Together.Flushes, null));
            metrics.Add(("fsyncs/s of a loop", "", round => round.Together.FlushesPerSecond, null));
            if (options.Strategy.IsDurable)
            {
                metrics.Add(("committed / fsyncs", "", round => round.CommandsPerSecond / round.Together.FlushesPerSecond, null));
            }
        }

        double[] latencies = [.. run.Rounds.SelectMany(round => round.Calls).Select(call => (options.RatePerSecond is null ? call.ReturnNs - call.CallNs : call.LatencyNs) / 1e9).Order()];
        int count = metrics.Count + Percentiles.Length;
        return
        [
            .. Percentiles.Select(p => new LabRow(p.Metric, "s", Quantile(latencies, p.Share, ofSockets), null, null, count)),
            .. metrics.Select(m => new LabRow(m.Metric, m.Unit, Mean(run.Rounds.Select(m.Value), ofSockets), m.Simulated is null ? null : Mean(simulated.Select(m.Simulated), ofSimulator), null, count)),
        ];
    }

    private static Estimate Mean(IEnumerable<double> values, Provenance provenance) => Estimate.Mean(Moments.Of([.. values]), provenance);

    private static Estimate Quantile(double[] sorted, double share, Provenance provenance)
    {
        double value = Quantiles.OfSorted(sorted, share);
        Interval interval = Quantiles.IntervalOfSorted(sorted, share, 0.95);
        return Estimate.Between(value, new Interval(Math.Max(sorted[0], interval.Low), Math.Min(sorted[^1], interval.High)), sorted.Length, provenance);
    }

    private static string Setting(GroupLabOptions options) =>
        $"{options.Servers} servers, {options.Clients} clients{(options.RatePerSecond is { } rate ? $" at {Print.Significant(rate, 6)} operations a second" : " as fast as answers come")}, {(long)options.Rounds * options.Clients * options.OperationsEach} operations"
        + (options.Links is { } links ? $", links of {Print.Human(Quantity.Of(links.LatencyNs / 1e9, "s"))} and jitter of {Print.Human(Quantity.Of(links.Jitter.MeanNs / 1e9, "s"))}, loss {Print.Significant(100 * links.Loss, 6)} %" : "")
        + (options.Folder is null ? ", nothing on a disk" : ", logs on a disk") + (options.Kills > 0 ? $", the leader killed {options.Kills} time{(options.Kills == 1 ? "" : "s")}" : "");

    private static IEnumerable<string> Notes(GroupLabOptions options, GroupLabRun run)
    {
        yield return "Bytes are those of the messages as they lie in the "
            + (options.Transport == Lab.Sockets.Transport.Tcp ? "stream, four bytes of length before each included" : "datagrams") + "; headers of packets are not counted. "
            + $"The simulator is given {GroupLabOptions.LoopbackNs / 1000} us a way{(options.Links is null ? "" : " more than its links take")}{(options.Folder is null ? "" : $" and {GroupLabOptions.DurabilityNs / 1000} us a flush")}; messages that go by the clock (heartbeats, reads that wait for one another, requests sent again) follow the time that a run takes.";
        if (options.Folder is null)
        {
            yield return "Nothing was durable: a server that dies forgets what it promised.";
        }
        else
        {
            LogWork logs = run.Rounds.Aggregate(default(LogWork), (sum, round) => sum + round.Logs);
            double commands = run.Rounds.Sum(round => round.Commands);
            yield return $"{logs.Flushes} fsyncs of {Print.Significant(logs.MeanBytes, 3)} B on average were made by {options.Servers} logs, {Print.Significant(logs.Flushes / Math.Max(1, commands), 3)} a command: records that come while one is under way go with the next. "
                + $"After each round the same disk was measured without the group: a loop of append and fsync of as many bytes, alone and {options.Servers} at a time; the ratio is of committed commands to the fsyncs that one of these makes in the same time.";
            if (options.Strategy.IsDurable)
            {
                yield return $"A commit has at least one fsync in sequence{(options.RatePerSecond is null ? $": with an operation of each client under way at most {options.Clients} commands for the time of each" : "")}. The logs share one disk here, as those of servers on machines of their own do not.";
            }
            else
            {
                yield return "What this protocol acknowledges is not on a disk yet, by its design.";
            }
        }

        if (run.Killed.Count > 0)
        {
            yield return $"Killed amid the run, and started again from their logs: {string.Join(", ", run.Killed.Select(member => $"server {member}"))}. The longest latencies hold the time until the others went on; in the simulator nobody was killed.";
        }

        if (run.WasRestarted)
        {
            yield return "In the end all servers were killed at once amid one more round and came back from their logs, and every key was read: this is part of the history. (A killed process leaves its writes to the system: what a loss of power does is not tried.)";
        }

        if (run.Verdict is not null && !options.Strategy.IsLinearizable)
        {
            yield return $"Clients are promised no linearizable history; what they were answered was looked for in the servers' logs {(options.Strategy.WritebackNs > 0 ? $"{options.Strategy.WritebackNs / 1_000_000_000} s after the end, for nothing is flushed before it is answered" : "at the end")}.";
        }

        if (run.Verdict is null)
        {
            yield return options.Strategy.IsLinearizable ? "Its clients keep no history; what they saw is not judged." : "Its clients are promised no linearizable history; what they saw is not judged.";
        }

        long unanswered = run.Rounds.Sum(round => round.Unanswered);
        if (unanswered > 0)
        {
            yield return $"{unanswered} operations were given up, or not answered yet.";
        }
    }
}
