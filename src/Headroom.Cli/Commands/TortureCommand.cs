using System.CommandLine;
using System.Text;
using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Consensus.Torture;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Observation.SpaceTime;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture raft</c>: a replicated store under random faults, seed after seed, with every check.</summary>
internal static class TortureCommand
{
    private const long WindowNs = 1_500_000_000;

    private static readonly Option<int> Seeds = new("--seeds") { Description = "how many seeds", DefaultValueFactory = _ => 1000 };
    private static readonly Option<ulong> SeedFrom = new("--seed-from") { Description = "the first seed", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Members = new("--members", "-n") { Description = "servers, 3 to 15", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "simulated seconds of a run; the core is healed after two thirds", DefaultValueFactory = _ => 60 };
    private static readonly Option<int> Operations = new("--operations") { Description = "operations of all clients in a run", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int?> Threads = new("--threads") { Description = "runs at a time (all cores); no value depends on it" };
    private static readonly Option<string?> Faults = new("--faults") { Description = "in place of the faults that each seed draws: a written plan, or a file of one (docs/faults.md)" };
    private static readonly Option<string?> Drawing = new("--draw") { Description = "where the first failure's last moments are drawn (raft-SEED.svg)", HelpName = "FILE" };
    private static readonly Option<bool> Mutants = new("--mutants") { Description = "instead: put each of the known faults into the protocol and tell which check finds it after how many seeds" };

    public static Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var raft = new Command("raft", "Raft: five members, swarm-random faults, a checked history; exit code 4 when a check fails") { Seeds, SeedFrom, Members, Seconds, Operations, Threads, Faults, Drawing, Mutants };
        json.AddTo(raft);
        raft.SetAction(parsed => Run(parsed, parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        return new Command("torture", "protocols under random faults, with everything that must hold checked")
        {
            raft,
            new TortureInSyncCommand().Create(cancellation),
            new TortureRegistersCommand().Create(cancellation),
            new TorturePaxosCommand().Create(cancellation),
            new TortureChainCommand().Create(cancellation),
        };
    }

    private static int Run(ParseResult parsed, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        TortureOptions options = Read(parsed);
        int seeds = parsed.GetValue(Seeds);
        ulong from = parsed.GetValue(SeedFrom);
        int? threads = parsed.GetValue(Threads);
        if (seeds < 1 || threads < 1)
        {
            throw new InputException(new Mark(seeds < 1 ? "--seeds" : "--threads", 0, 0), "one or more is expected");
        }

        if (parsed.GetValue(Mutants))
        {
            return TortureTable.Show(MutantProof.Run(options, from, seeds, threads, finding => Console.Error.WriteLine($"{finding.Mutant}: {finding.Seeds} seeds, {finding.Violations.Count} checks"), cancellation))
                ? ExitCode.Done
                : ExitCode.AnswerIsNo;
        }

        FaultPlan? plan = parsed.GetValue(Faults) is { } text ? ReadFaults(text, options.Members) : null;
        TortureResult[] results;
        long startedAt = TimeProvider.System.GetTimestamp();
        using (var progress = new ProgressDisplay())
        {
            int done = 0;
            void Tell(TortureResult result) => progress.Update("raft", (double)Interlocked.Increment(ref done) / seeds, $"{done} of {seeds} seeds");
            results = plan is null
                ? TortureBatch.Run(options, from, seeds, threads, Tell, cancellation)
                : [.. Enumerable.Range(0, seeds).Select(i => new RaftTorture(options).Run(from + (ulong)i, plan))];
        }

        double seconds = TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds;
        byte[] document = TortureJson.Write(results, options, CommandLine.Of(parsed, "headroom torture raft", Seeds, SeedFrom));
        if (jsonFile is not null)
        {
            WholeFile.Write(jsonFile, document, cancellation);
        }

        if (jsonToOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(document);
        }
        else
        {
            TortureTable.Show(results, seconds, threads ?? Environment.ProcessorCount);
        }

        if (Array.Find(results, result => !result.Holds) is { } failure)
        {
            Explain(failure, options, parsed, cancellation);
            return ExitCode.AnswerIsNo;
        }

        return ExitCode.Done;
    }

    /// <summary>The first failure: how to see it again, the faults that it needs, and a picture of its last moments.</summary>
    private static void Explain(TortureResult failure, TortureOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        var torture = new RaftTorture(options);
        string check = failure.Violations[0].Check;
        string again = $"headroom torture raft --seeds 1 --seed-from {failure.Seed} --members {options.Members} --seconds {options.Seconds} --operations {options.Operations}";
        Console.Error.WriteLine($"seed {failure.Seed}: {check} does not hold; again with: {again}");
        Console.Error.WriteLine(torture.Setting(failure.Seed).ToString());
        FaultPlan small = FaultShrinker.Shrink(failure.Faults, plan =>
        {
            cancellation.ThrowIfCancellationRequested();
            return torture.Run(failure.Seed, plan).Violations.Any(violation => violation.Check == check);
        });
        TortureResult rerun = torture.Run(failure.Seed, small);
        Violation violation = rerun.Violations.First(violation => violation.Check == check);
        Console.Error.WriteLine($"with {small.Faults.Count} of {failure.Faults.Faults.Count} faults: {violation.What}, at {violation.AtNs / 1e9:0.000000} s");
        Console.Error.WriteLine($"again with: {again} --faults {CommandLine.Quoted(string.Join("; ", small.Faults))}");
        string file = parsed.GetValue(Drawing) ?? $"raft-{failure.Seed}.svg";
        if (Draw(torture, failure.Seed, small, violation) is { } svg)
        {
            WholeFile.Write(file, Encoding.UTF8.GetBytes(svg), cancellation);
            Console.Error.WriteLine($"drawn: {file}");
        }
    }

    private static string? Draw(RaftTorture torture, ulong seed, FaultPlan plan, Violation violation)
    {
        int members = torture.Options.Members;
        int all = members + torture.Options.Clients + (torture.Setting(seed).HasOperator ? 1 : 0);
        string[] names = [.. Enumerable.Range(0, all).Select(i => i < members ? $"server {i}" : i < members + torture.Options.Clients ? $"client {i - members}" : "operator")];
        long untilNs = Math.Min(torture.Options.Seconds * 1_000_000_000L, violation.AtNs + 50_000_000);
        for (long windowNs = WindowNs; windowNs > 1_000_000; windowNs /= 2)
        {
            long fromNs = Math.Max(0, untilNs - windowNs);
            SpaceTimeLog log = torture.Record(seed, plan, fromNs, untilNs);
            if (log.ArrowCount <= SpaceTimeLog.ArrowsMax
                && SpaceTimeDiagram.TryDraw(log, all, out string? svg, out _, new SpaceTimeOptions { Title = $"raft, seed {seed}, from {fromNs / 1e9:0.000} s: {violation.Check}", MemberNames = names }))
            {
                return svg;
            }
        }

        return null;
    }

    /// <summary>What is written; none for a swarm, which is what each seed draws anyway.</summary>
    private static FaultPlan? ReadFaults(string text, int members)
    {
        var faults = FaultsChoice.Read(text, Place.OfOption(Faults.Name), new ReadingContext(Environment.CurrentDirectory));
        return faults.IsSwarm ? null : faults.PlanOf(members);
    }

    private static TortureOptions Read(ParseResult parsed)
    {
        var options = new TortureOptions { Members = parsed.GetValue(Members), Seconds = parsed.GetValue(Seconds), Operations = parsed.GetValue(Operations) };
        try
        {
            options.Validate();
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw CommandLine.OutOfRange(e, $"--{e.ParamName!.ToLowerInvariant()}");
        }

        return options;
    }
}
