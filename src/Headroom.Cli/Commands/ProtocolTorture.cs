using System.CommandLine;
using System.Text.Json;
using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Consensus.Torture;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture PROTOCOL</c>: a protocol under random faults, seed after seed, with everything that it promises checked; or each of its known faults, sought.</summary>
internal abstract class ProtocolTorture<TOptions, TResult>(string name, string description, TortureSizes sizes)
    where TOptions : class
    where TResult : TortureOutcome
{
    private readonly Option<int> _seeds = new("--seeds") { Description = "how many seeds", DefaultValueFactory = _ => sizes.Seeds };
    private readonly Option<ulong> _seedFrom = new("--seed-from") { Description = "the first seed", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _members = new("--members", "-n") { Description = $"{sizes.MembersAre}, {sizes.MembersMin} to {TortureOptions.MembersMax}", DefaultValueFactory = _ => sizes.Members };
    private readonly Option<int> _seconds = new("--seconds") { Description = $"simulated seconds of a run; {sizes.Healed}", DefaultValueFactory = _ => sizes.Seconds };
    private readonly Option<int> _operations = new("--operations") { Description = "operations of all clients in a run", DefaultValueFactory = _ => sizes.Operations };
    private readonly Option<int?> _threads = new("--threads") { Description = "runs at a time (all cores); no value depends on it" };
    private readonly Option<string?> _faults = new("--faults") { Description = "in place of the faults that each seed draws (swarm): a written plan, or a file of one (docs/faults.md)" };
    private readonly Option<string?> _drawing = new("--draw") { Description = $"where the first failure's last moments are drawn ({name}-SEED.svg)", HelpName = "FILE" };
    private readonly Option<string?> _mutant = new("--mutant") { Description = "with one of the known faults put into the protocol (--mutants names them)", HelpName = "NAME" };
    private readonly Option<bool> _mutants = new("--mutants") { Description = "instead: put each of the known faults into the protocol and tell which check finds it after how many seeds" };

    /// <summary>Options of this protocol's own.</summary>
    protected virtual IReadOnlyList<Option> Further => [];

    protected abstract IReadOnlyList<TortureColumn<TResult>> Columns { get; }

    /// <summary>Each check, and what must hold.</summary>
    protected abstract IReadOnlyList<(string Name, string Statement)> Checks { get; }

    protected abstract IReadOnlyList<KnownMutant<TOptions>> Mutants { get; }

    /// <summary>The options as they were typed, validated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">What a library refuses, by its parameter.</exception>
    protected abstract TOptions Read(TortureScale scale);

    /// <summary>The option that gives a library's parameter.</summary>
    protected virtual string OptionOf(string parameter) => $"--{parameter.ToLowerInvariant()}";

    /// <summary>Runs seeds, for one thread.</summary>
    protected abstract ITorture<TResult> Torture(TOptions options);

    /// <summary>How a seed sets the protocol up, in words; null where that is not told.</summary>
    protected virtual string? Setting(TOptions options, ulong seed) => null;

    /// <summary>What is besides the sizes.</summary>
    protected virtual void WriteOptions(Utf8JsonWriter writer, TOptions options)
    {
    }

    public Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var command = new Command(name, description) { _seeds, _seedFrom, _members, _seconds, _operations };
        foreach (Option option in Further)
        {
            command.Add(option);
        }

        foreach (Option option in (Option[])[_threads, _faults, _drawing, _mutant, _mutants])
        {
            command.Add(option);
        }

        json.AddTo(command);
        command.SetAction(parsed => Run(parsed, parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        TOptions options = ReadOptions(parsed);
        int seeds = parsed.GetValue(_seeds);
        ulong from = parsed.GetValue(_seedFrom);
        int? threads = parsed.GetValue(_threads);
        if (seeds < 1 || threads < 1)
        {
            throw new InputException(new Mark(seeds < 1 ? "--seeds" : "--threads", 0, 0), "one or more is expected");
        }

        if ((ulong)(seeds - 1) > ulong.MaxValue - from)
        {
            throw new InputException(new Mark(_seedFrom.Name, 0, 0), $"no {seeds} seeds follow {from}: the last is {ulong.MaxValue}");
        }

        foreach (string file in ((string?[])[jsonFile, parsed.GetValue(_drawing)]).OfType<string>())
        {
            WholeFile.Check(file, [], file == jsonFile ? "torture.json" : "failed.svg");
        }

        if (parsed.GetValue(_mutants))
        {
            return TortureTable.Show(MutantSearch.Run(Mutants, options, Torture, from, seeds, threads, cancellation: cancellation)) ? ExitCode.Done : ExitCode.AnswerIsNo;
        }

        FaultPlan? plan = ReadFaults(parsed.GetValue(_faults), Torture(options).Roles(from));
        long startedAt = TimeProvider.System.GetTimestamp();
        TResult[] results = RunAll(options, plan, from, seeds, threads, cancellation);
        double seconds = TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds;
        byte[] document = Json(results, options, parsed);
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
            TortureTable.Show(results, Checks, Columns, seconds, threads ?? Environment.ProcessorCount);
        }

        if (Array.Find(results, result => !result.Holds) is not { } failure)
        {
            return ExitCode.Done;
        }

        string again = $"headroom torture {name} --seeds 1 --seed-from {failure.Seed}{Typed(parsed)}";
        var shown = new TortureFailure(name, failure.Seed, again, plan is null ? "" : $" --faults {CommandLine.Quoted(parsed.GetValue(_faults)!)}", parsed.GetValue(_drawing), Setting(options, failure.Seed));
        shown.Explain(Torture(options), failure, cancellation);
        return ExitCode.AnswerIsNo;
    }

    private TResult[] RunAll(TOptions options, FaultPlan? plan, ulong from, int count, int? threads, CancellationToken cancellation)
    {
        using var progress = new ProgressDisplay();
        using var torture = new ThreadLocal<ITorture<TResult>>(() => Torture(options));
        int done = 0;
        return Replications.Run(count, i =>
        {
            TResult result = torture.Value!.Run(from + (ulong)i, plan);
            progress.Update(name, (double)Interlocked.Increment(ref done) / count, $"{done} of {count} seeds");
            return result;
        }, threads, cancellation);
    }

    private TOptions ReadOptions(ParseResult parsed)
    {
        TOptions options;
        try
        {
            options = Read(new TortureScale(parsed.GetValue(_members), parsed.GetValue(_seconds), parsed.GetValue(_operations), parsed));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw CommandLine.OutOfRange(e, OptionOf(e.ParamName!));
        }

        return parsed.GetValue(_mutant) is not { } mutant ? options
            : Mutants.FirstOrDefault(known => known.Name == mutant) is { } known ? known.In(options)
            : throw new InputException(new Mark(_mutant.Name, 0, 0), $"there is no '{mutant}'; there are {string.Join(", ", Mutants.Select(each => each.Name))}");
    }

    /// <summary>What is written; none for a swarm, which is what each seed draws anyway.</summary>
    private FaultPlan? ReadFaults(string? text, TortureRoles roles)
    {
        if (text is null)
        {
            return null;
        }

        Place place = Place.OfOption(_faults.Name);
        var faults = FaultsChoice.Read(text, place, new ReadingContext(Environment.CurrentDirectory));
        if (faults.IsSwarm)
        {
            return faults.Words == "swarm" ? null : throw place.Fail("a torture's swarm ends by --seconds: 'swarm' alone is expected");
        }

        FaultPlan plan = faults.PlanOf(roles.Names.Count);
        return roles.Problem(plan) is { } problem ? throw place.Fail(problem) : plan;
    }

    /// <summary>All options on which a run depends, but its seed and its faults.</summary>
    private string Typed(ParseResult parsed) => string.Concat(((Option[])[_members, _seconds, _operations, .. Further, _mutant]).Select(option => option switch
    {
        Option<bool> flag => parsed.GetValue(flag) ? $" {flag.Name}" : "",
        Option<int> number => $" {number.Name} {parsed.GetValue(number)}",
        Option<string> word => parsed.GetValue(word) is { } text ? $" {word.Name} {CommandLine.Quoted(text)}" : "",
        _ => throw new NotSupportedException($"{option.Name} is of no type that is told again"),
    }));

    private byte[] Json(IReadOnlyList<TResult> results, TOptions options, ParseResult parsed)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("version", Audit.AuditResult.Version);
            writer.WriteString("command", CommandLine.Of(parsed, $"headroom torture {name}", _seeds, _seedFrom));
            writer.WriteNumber("members", parsed.GetValue(_members));
            writer.WriteNumber("seconds", parsed.GetValue(_seconds));
            writer.WriteNumber("operations", parsed.GetValue(_operations));
            WriteOptions(writer, options);
            writer.WriteNumber("failed", results.Count(result => !result.Holds));
            writer.WriteStartArray("seeds");
            foreach (TResult result in results)
            {
                TortureJson.Write(writer, result, Columns);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
